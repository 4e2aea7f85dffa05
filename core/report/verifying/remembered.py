"""Signing certificates seen before: which one each doctor's documents bore, by GMC number."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import msgspec

from core.errors import BadMemoryError
from core.report.verifying.verification import Remembered, Verification
from core.storage import make_folder, read_file, replace_file

FILE = "certificates.json"
LARGEST = 16 * 1024 * 1024
CHANGED = (
    "ATTENTION: earlier documents of this doctor bore another signing certificate. Ask the doctor, "
    "by another route, whether they renewed it."
)
Seen = dict[str, str]
"""The SHA-256 of the last certificate that was accepted, by GMC number."""


class _Memory(msgspec.Struct, frozen=True, kw_only=True):
    format: str
    certificates: Seen


_FORMAT = "plumbline-certificates-seen/1"


def read_seen(folder: Path) -> Seen:
    """Return what the folder remembers; nothing where it remembers nothing yet.

    BadMemoryError where its file cannot be understood: it is not begun anew unasked.
    """
    path = folder / FILE
    if not path.exists():
        return {}
    try:
        found = msgspec.json.decode(read_file(path, LARGEST), type=_Memory)
    except (msgspec.DecodeError, ValueError) as error:
        raise BadMemoryError("The file of certificates seen before cannot be read.") from error
    if found.format != _FORMAT:
        raise BadMemoryError("The file of certificates seen before is of another format.")
    return dict(found.certificates)


def write_seen(folder: Path, seen: Seen) -> None:
    """Write what is remembered into the folder."""
    make_folder(folder)
    memory = _Memory(format=_FORMAT, certificates=dict(sorted(seen.items())))
    replace_file(folder / FILE, msgspec.json.format(msgspec.json.encode(memory), indent=1))


def recall(
    found: Sequence[Verification], seen: Seen, *, accept_changed: bool = False
) -> tuple[list[Verification], Seen]:
    """Return the answers with what is remembered of each signer, and what to remember now.

    A document that does not hold teaches nothing. A changed certificate is said, and learnt only
    with `accept_changed`: by a receiver whom the doctor told why.
    """
    learnt = dict(seen)
    return [_recalled(one, learnt, accept_changed) for one in found], learnt


def _recalled(one: Verification, learnt: Seen, accept_changed: bool) -> Verification:
    if not one.signer.fingerprint or not one.gmc:
        return one
    doctor = f"{one.gmc} (example)" if one.issued == "example" else one.gmc
    known = learnt.get(doctor)
    state: Remembered = "new" if known is None else "same"
    if known not in (None, one.signer.fingerprint):
        state = "changed"
    if one.holds and (state == "new" or accept_changed):
        learnt[doctor] = one.signer.fingerprint
    findings = (CHANGED, *one.findings) if state == "changed" else one.findings
    return replace(one, signer=replace(one.signer, remembered=state), findings=findings)
