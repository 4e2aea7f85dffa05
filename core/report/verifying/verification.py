"""The answers to the four questions a receiver asks, as frozen values that travel as JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from core.report.evidence import Kind, Standing, Value

Unchanged = Literal["yes", "seal_lost", "no", "refused"]
SignedBy = Literal["confirmed", "self_declared", "nobody"]
Issued = Literal[
    "yes",
    "example",
    "unsigned",
    "unknown_issuer",
    "revoked",
    "no",
    "not_provable",
    "no_evidence",
]
Figures = Literal["yes", "no", "not_provable", "no_evidence"]
Remembered = Literal["not_asked", "new", "same", "changed"]
LOCKED = "The document is locked with a password, and the password given does not open it."
RELY = "Rely on these figures, not on the pages."
NOT_VOUCHED = "No audit that is trusted here vouches for these figures."
NO_FIGURES = "There are no figures here to rely on."


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure of the evidence that is not the one issued, or that nothing accounts for."""

    outcome: str
    figure: str
    stated: Value
    issued: Value
    words: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the fact sheet: one figure, from the manifest alone."""

    figure: str
    value: Value
    standing: Standing


@dataclass(frozen=True, slots=True)
class OutcomeFacts:
    """What the manifest says of one outcome, and how the document treats it.

    `position` is None where the manifest neither states it nor lets it follow. `chosen` tells
    whether the document shows more than the position, `reflected` whether it holds a reflection;
    `not_covered` names the figures in the evidence that are the surgeon's own.
    """

    code: str
    label: str
    position: str | None
    chosen: bool
    reflected: bool | None
    facts: tuple[Fact, ...]
    not_covered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExtractFacts:
    """One audit's part of a document: who issued it and what it says.

    `names_key` is the digest of the signing key that the manifest names for this surgeon. `lines`
    are sentences on national lines that no audit issued.
    """

    audit: str
    audit_code: str
    organisation: str
    surgeon: str
    gmc: str
    series: str
    edition_number: int
    period: tuple[str, str]
    follow_up_to: str
    issued_at: str
    issued: Issued
    reason: str
    issuer: str
    fingerprint: str
    names_key: str | None
    outcomes: tuple[OutcomeFacts, ...]
    lines: tuple[str, ...] = ()

    @property
    def advice(self) -> str:
        """What its figures are worth; nothing where there are none."""
        if not self.outcomes:
            return ""
        return RELY if self.issued in ("yes", "example") else NOT_VOUCHED


def advice(extracts: Sequence[ExtractFacts]) -> str:
    """Return what the figures of all parts are worth: the gravest of what is said of each."""
    said = {one.advice for one in extracts}
    return next((words for words in (NOT_VOUCHED, RELY) if words in said), NO_FIGURES)


@dataclass(frozen=True, slots=True)
class SignerFacts:
    """Who signed, by the certificate: its name, its SHA-256, and when they state to have signed."""

    name: str = ""
    fingerprint: str = ""
    stated_at: str = ""
    remembered: Remembered = "not_asked"


@dataclass(frozen=True, slots=True)
class Verification:
    """The four answers about one document, each with its words, and everything found.

    `findings` are sentences, the gravest first; `left_out` those on what the document does not
    show; `changes` what the surgeon says to have selected, excluded or supposed.
    """

    unchanged: Unchanged
    unchanged_words: str
    signed_by: SignedBy
    signed_by_words: str
    issued: Issued
    issued_words: str
    figures: Figures
    figures_words: str
    signer: SignerFacts = SignerFacts()
    kind: Kind | None = None
    title: str = ""
    doctor: str = ""
    gmc: str = ""
    made_at: str = ""
    extracts: tuple[ExtractFacts, ...] = ()
    differences: tuple[Difference, ...] = ()
    findings: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    small_numbers: str | None = None
    advice: str = NO_FIGURES

    @property
    def holds(self) -> bool:
        """Whether 1, 3 and 4 are yes (an example counts) and 2 names a key nobody contradicts."""
        return (
            self.unchanged == "yes"
            and self.signed_by != "nobody"
            and self.issued in ("yes", "example")
            and self.figures == "yes"
            and self.signer.remembered != "changed"
            and not self.other_key
        )

    @property
    def locked(self) -> bool:
        """Whether it was not looked into for want of its password."""
        return LOCKED in self.findings

    @property
    def other_key(self) -> bool:
        """Whether an audit names another key than the one that signed."""
        named = {extract.names_key for extract in self.extracts} - {None}
        return bool(named - {self.signer.fingerprint}) and bool(self.signer.fingerprint)
