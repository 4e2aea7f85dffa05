"""Evidence: the JSON that an export carries, with every figure it shows and where each is from."""

from typing import Annotated, Literal

import msgspec

from core.errors import DamagedEvidenceError
from core.results.line_origin import LineState

FORMAT = "plumbline-evidence/1"
NAME = "plumbline-evidence.json"
"""The one name under which evidence is attached to a PDF."""
LARGEST = 8 * 1024 * 1024

Kind = Literal["appraisal", "revalidation", "award", "queries", "decision"]
Standing = Literal["issued", "derived", "surgeon"]
"""In the signed manifest; recomputed from the manifest alone; the surgeon's own, not covered."""
Whole = Annotated[int, msgspec.Meta(ge=-(2**62), le=2**62)]
"""A whole number that any reader can compute with."""
Value = float | Whole | str | bool | None


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One figure: its name as in `plumb results --json`, its value, and as the pages print it.

    `shown` is None where the pages do not print it.
    """

    name: str
    value: Value
    standing: Standing
    shown: str | None = None


class OutcomeEvidence(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of one outcome; `chosen` tells whether the document shows more than its position.

    `reflected` tells whether the document holds the surgeon's reflection on it; None where none
    was looked for.
    """

    code: str
    label: str
    chosen: bool
    position: str
    figures: tuple[Figure, ...] = ()
    reflected: bool | None = None


class ExtractEvidence(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one extract says; `manifest` and `signature` are base64 of the exact bytes.

    `manifest` is None where the small-number rule was asked for; `signature` and `issuer` (PEM)
    are None where the extract is unsigned. `verification` is the trust state when exported.
    `lines` says, of an import, whose the national line of each outcome is, by its code.
    """

    audit: str
    series: str
    edition_number: Whole
    period: tuple[str, str]
    verification: str
    outcomes: tuple[OutcomeEvidence, ...]
    manifest: str | None = None
    signature: str | None = None
    issuer: str | None = None
    lines: dict[str, LineState] = {}


class Doctor(msgspec.Struct, frozen=True, kw_only=True):
    """Whose document it is."""

    name: str
    gmc: str


class DecisionEvidence(msgspec.Struct, frozen=True, kw_only=True):
    """The decision on publication: what was decided, why (a code), and when it was written."""

    standing: str
    reason: str | None
    decided_at: str


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """All that a document states, for a machine to read.

    `changes` are the sentences on selections, exclusions and what-if; `left_out` those on what the
    document does not show.
    """

    format: str
    kind: Kind
    made_at: str
    program: str
    methods: str
    title: str
    doctor: Doctor
    extracts: tuple[ExtractEvidence, ...]
    changes: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    small_numbers: str | None = None
    decision: DecisionEvidence | None = None


def evidence_bytes(evidence: Evidence) -> bytes:
    """Return the evidence as JSON, the same bytes for the same evidence."""
    return msgspec.json.format(msgspec.json.encode(evidence, order="deterministic"), indent=1)


def read_evidence(data: bytes) -> Evidence:
    """Return the evidence in `data`; DamagedEvidenceError where it cannot be read."""
    if len(data) > LARGEST:
        raise DamagedEvidenceError("The evidence is larger than any that Plumbline writes.")
    try:
        found = msgspec.json.decode(data, type=Evidence)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise DamagedEvidenceError("The evidence cannot be read.") from error
    if found.format != FORMAT:
        raise DamagedEvidenceError("The evidence has another format than this program reads.")
    return found
