"""Extracts in the vault: kept with their exact bytes, listed, opened, erased."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from core.errors import DamagedVaultError, NotKeptError, OtherSurgeonError
from core.extract.manifest import Manifest, read_manifest
from core.extract.opening import Extract, Report, open_extract, silent
from core.review.events import ExtractErased, ExtractKept
from core.review.links import erase_link
from core.review.state import ReviewState
from core.review.vault import Vault, check_writable
from core.review.vault_files import EXTRACTS
from core.sealing.age import encrypt
from core.sealing.trust import TrustStore
from core.storage import make_folder, read_file, remove_file, replace_file


class Keeping(StrEnum):
    """Whether the records of an extract are in the vault."""

    HELD = "held"
    ERASED = "erased"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class KeptExtract:
    """An extract the vault knows: its id (the archive's SHA-256), manifest and state.

    `verification` is what its signature was worth when it was kept; it is judged again at every
    opening. `newest` tells the last edition of its audit and series; `due` that `retain_until`
    has passed.
    """

    id: str
    manifest: Manifest
    verification: str
    keeping: Keeping
    newest: bool
    due: bool


def archive_id(extract: Extract) -> str:
    """Return the id under which the vault knows an extract: the SHA-256 of its archive."""
    return sha256(extract.archive).hexdigest()


def keep(vault: Vault, extract: Extract, now: datetime) -> str:
    """Seal the extract's exact archive to the vault's identity; return its id.

    Raises OtherSurgeonError where its GMC number is not the vault's, ReadOnlyVaultError and
    WriteFailedError. Keeping what is kept already changes nothing.
    """
    check_writable(vault)
    if extract.manifest.surgeon.gmc != vault.keys.gmc:
        raise OtherSurgeonError(vault.keys.gmc, extract.manifest.surgeon.gmc)
    name = archive_id(extract)
    path = extract_path(vault.folder, name)
    if path.exists() and _last_word(vault, name):
        return name
    make_folder(path.parent)
    replace_file(path, encrypt(extract.archive, [vault.keys.opener.recipient]))
    state = extract.verdict.state.value
    event = ExtractKept(extract=name, manifest=extract.manifest_bytes, verification=state)
    vault.append(event, now)
    return name


def open_kept(vault: Vault, name: str, trust: TrustStore, report: Report = silent) -> Extract:
    """Open a kept extract through every check of a file just received.

    Raises NotKeptError, DamagedVaultError where it is another archive, and what opening raises.
    """
    extract = open_extract(_sealed(vault, name), [vault.keys.opener], trust, report)
    if archive_id(extract) != name:
        raise DamagedVaultError("The kept extract is not the one that was put there.")
    return extract


def erase(vault: Vault, name: str, now: datetime) -> None:
    """Erase the records of a kept extract, and its link to patients.

    Its manifest, and all notes, stay in the journal.
    """
    check_writable(vault)
    path = extract_path(vault.folder, name)
    if not path.exists():
        raise NotKeptError("The vault does not hold that extract.")
    vault.append(ExtractErased(extract=name), now)
    erase_link(vault, name, now)
    remove_file(path)


def kept_extracts(folder: Path, state: ReviewState, today: date) -> tuple[KeptExtract, ...]:
    """List the extracts of the vault in `folder`, by audit, series and edition."""
    read = {name: (event, read_manifest(event.manifest)) for name, event in state.kept.items()}
    newest: dict[tuple[str, str], int] = {}
    for _, manifest in read.values():
        series = manifest.audit.code, manifest.series
        newest[series] = max(newest.get(series, 0), manifest.edition_number)
    found = [
        KeptExtract(
            id=name,
            manifest=manifest,
            verification=event.verification,
            keeping=_keeping(folder, state, name),
            newest=manifest.edition_number == newest[manifest.audit.code, manifest.series],
            due=manifest.retain_until is not None and today > manifest.retain_until,
        )
        for name, (event, manifest) in read.items()
    ]
    return tuple(sorted(found, key=_order))


def unlisted(folder: Path, state: ReviewState) -> tuple[str, ...]:
    """Return the ids of extracts that are in `folder`, though the journal does not name them.

    To open such a one and keep it again lists it.
    """
    found = {path.stem for path in (folder / EXTRACTS).glob("*.age")}
    return tuple(sorted(found - state.kept.keys()))


def extract_path(folder: Path, name: str) -> Path:
    """Return where the extract of that id is kept."""
    return folder / EXTRACTS / f"{name}.age"


def _keeping(folder: Path, state: ReviewState, name: str) -> Keeping:
    if extract_path(folder, name).exists():
        return Keeping.HELD
    return Keeping.ERASED if name in state.erased else Keeping.ABSENT


def _last_word(vault: Vault, name: str) -> bool:
    """Say whether the journal's last word on that extract is that it is kept."""
    for entry in reversed(vault.journal.entries):
        event = entry.event
        if isinstance(event, ExtractKept | ExtractErased) and event.extract == name:
            return isinstance(event, ExtractKept)
    return False


def _sealed(vault: Vault, name: str) -> bytes:
    path = extract_path(vault.folder, name)
    if not path.exists():
        raise NotKeptError("The vault does not hold that extract.")
    return read_file(path)


def _order(kept: KeptExtract) -> tuple[str, str, int, str]:
    manifest = kept.manifest
    return manifest.audit.code, manifest.series, manifest.edition_number, kept.id
