"""Open an extract: named steps from sealed bytes to typed, checked tables."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

import pandas as pd

from core.errors import BadSignatureError, HashMismatchError, MissingMemberError
from core.extract.archive import (
    ANSWERS,
    CASES,
    ISSUER,
    MANIFEST,
    NATIONAL,
    SIGNATURE,
    UNLISTED,
    unpack,
)
from core.extract.consistency import check_manifest, check_national, check_rows
from core.extract.manifest import Manifest, read_manifest
from core.extract.schema import answers_contract, cases_contract, national_contract
from core.extract.tables import check_unique, read_table
from core.sealing import age
from core.sealing.signatures import check_signature
from core.sealing.trust import TrustStore, TrustVerdict

Report = Callable[[int, int, str], None]

STEPS = (
    "Opening the seal",
    "Unpacking",
    "Reading the manifest",
    "Checking the signature",
    "Checking that every part is unchanged",
    "Reading the records",
)


@dataclass(frozen=True, slots=True, eq=False)
class Envelope:
    """What stands before the tables: the manifest, who vouches for it, and the parts unread.

    `archive` is the exact zip; `members` what it holds.
    """

    manifest: Manifest
    manifest_bytes: bytes
    signature: bytes | None
    issuer_pem: bytes | None
    verdict: TrustVerdict
    members: Mapping[str, bytes]
    archive: bytes


@dataclass(frozen=True, slots=True, eq=False)
class Extract:
    """An opened extract; every part is the part that was signed, where anyone signed.

    `cases`, `national` and `answers` are typed as `read_table` says; `models` holds risk models by
    member name; `archive` is the exact zip and `digest` the SHA-256 of the sealed file.
    """

    manifest: Manifest
    manifest_bytes: bytes
    signature: bytes | None
    issuer_pem: bytes | None
    verdict: TrustVerdict
    cases: pd.DataFrame
    national: pd.DataFrame
    answers: pd.DataFrame | None
    models: Mapping[str, bytes]
    archive: bytes
    digest: str


def silent(done: int, total: int, label: str) -> None:
    """Report progress to nobody."""


def open_extract(
    sealed: bytes, openers: Sequence[age.Opener], trust: TrustStore, report: Report = silent
) -> Extract:
    """Return the extract in the age file `sealed`, through STEPS in their order.

    `report(done, total, label)` is called as each step begins and may raise to stop. An extract
    that is unsigned, or whose issuer is unknown, revoked or the example's, opens too: `verdict`
    says so. Every step has its own errors, E101 to E208 and E301.
    """
    envelope = open_envelope(sealed, openers, trust, report)
    _begin(report, 5)
    cases, national, answers = read_tables(envelope)
    return Extract(
        manifest=envelope.manifest,
        manifest_bytes=envelope.manifest_bytes,
        signature=envelope.signature,
        issuer_pem=envelope.issuer_pem,
        verdict=envelope.verdict,
        cases=cases,
        national=national,
        answers=answers,
        models=_models(envelope.members),
        archive=envelope.archive,
        digest=sha256(sealed).hexdigest(),
    )


def open_envelope(
    sealed: bytes, openers: Sequence[age.Opener], trust: TrustStore, report: Report = silent
) -> Envelope:
    """Return what is known of the age file `sealed` before its tables are read."""
    archive = age.decrypt(sealed, openers, on_progress=lambda done: _begin(report, 0))
    return read_archive(archive, trust, report)


def read_archive(archive: bytes, trust: TrustStore, report: Report = silent) -> Envelope:
    """Return the envelope of an archive out of its seal: unpacked, signature and hashes checked."""
    _begin(report, 1)
    members = unpack(archive)
    _begin(report, 2)
    manifest = read_manifest(members[MANIFEST])
    check_manifest(manifest)
    _begin(report, 3)
    verdict = _judge(members, manifest, trust)
    _begin(report, 4)
    _check_hashes(members, manifest)
    return Envelope(
        manifest=manifest,
        manifest_bytes=members[MANIFEST],
        signature=members.get(SIGNATURE),
        issuer_pem=members.get(ISSUER),
        verdict=verdict,
        members=members,
        archive=archive,
    )


def read_tables(envelope: Envelope) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame | None]:
    """Return cases, national and answers, typed and checked against one another.

    Raises BadColumnError, DuplicateCaseError or HashMismatchError (rows not as many as stated).
    """
    manifest, members = envelope.manifest, envelope.members
    cases = read_table(members[CASES], cases_contract(manifest), CASES)
    check_unique(cases, CASES)
    check_rows(manifest, CASES, cases)
    national = read_table(members[NATIONAL], national_contract(manifest), NATIONAL)
    check_national(manifest, national)
    check_rows(manifest, NATIONAL, national)
    if ANSWERS not in members:
        return cases, national, None
    answers = read_table(members[ANSWERS], answers_contract(), ANSWERS)
    check_rows(manifest, ANSWERS, answers)
    return cases, national, answers


def _begin(report: Report, step: int) -> None:
    report(step, len(STEPS), STEPS[step])


def _judge(members: Mapping[str, bytes], manifest: Manifest, trust: TrustStore) -> TrustVerdict:
    signature, issuer = members.get(SIGNATURE), members.get(ISSUER)
    if (signature is None) != (issuer is None):
        raise BadSignatureError("The extract has a signature or a certificate, but not both.")
    if signature is not None and issuer is not None:
        check_signature(issuer, members[MANIFEST], signature)
    return trust.judge(issuer, manifest.audit.code, manifest.issued_at)


def _check_hashes(members: Mapping[str, bytes], manifest: Manifest) -> None:
    for name in (CASES, NATIONAL, *manifest.files):
        if name not in members:
            raise MissingMemberError("A part that the extract must hold is missing.")
    for name in members.keys() - UNLISTED:
        listed = manifest.files.get(name)
        if listed is None or sha256(members[name]).hexdigest() != listed.sha256:
            raise HashMismatchError("A part of the extract is not the part that was signed.")


def _models(members: Mapping[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in members.items() if name.startswith("models/")}
