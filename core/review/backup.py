"""The whole vault as one file, and back; all in it is encrypted already."""

import io
import re
import zipfile
import zlib
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from core.errors import BadBackupError, NotFlushedError, VaultExistsError
from core.review.vault import LOCK, Vault
from core.review.vault_files import EXTRACTS, IDENTITY, LINKS, RECOVERY, is_vault
from core.storage import folder_flushed, hold_lock, make_folder, read_file, replace_file

NOTE = "FORMAT"
FORMAT = b"plumbline-vault-backup/1\n"
LARGEST_TOTAL = 2 * 1024 * 1024 * 1024

_JOURNAL_NAME = len("journal-") + 32
_JOURNAL = re.compile(r"journal-[0-9a-f]{32}[A-Za-z0-9.-]{0,80}\.(?:log|head|torn)")
_KEPT = re.compile(rf"(?:{EXTRACTS}|{LINKS})/[0-9a-f]{{64}}\.age")
_FAILURES = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    EOFError,
    OSError,
)


def export_vault(vault: Vault) -> bytes:
    """Return the vault as one file: a zip of its encrypted files, as they are."""
    vault.journal.write_head()
    folder = vault.folder
    patterns = ("*", f"{EXTRACTS}/*", f"{LINKS}/*")
    found = [path for pattern in patterns for path in sorted(folder.glob(pattern))]
    names = {path.relative_to(folder).as_posix(): path for path in found if path.is_file()}
    backup = io.BytesIO()
    with zipfile.ZipFile(backup, "w", zipfile.ZIP_STORED) as zipped:
        zipped.writestr(NOTE, FORMAT)
        for name, path in names.items():
            if _belongs(name):
                zipped.writestr(name, read_file(path))
    return backup.getvalue()


def restore_vault(backup: bytes, folder: Path) -> None:
    """Put an exported vault into `folder`: an empty one, or one that holds the same vault.

    There, what is present stays, what is absent is put back, and the backup's journal is laid
    beside the other, to be compared at the next unlocking. Raises BadBackupError, VaultExistsError
    for another vault or one in use, and WriteFailedError; NotFlushedError once all is put back.
    """
    members = _members(backup)
    for name in (EXTRACTS, LINKS):
        make_folder(folder / name)
    held = hold_lock(folder / LOCK)
    if held is None:
        raise VaultExistsError("The vault in that folder is in use, or cannot be written to.")
    try:
        if is_vault(folder):
            members = _additions(members, folder)
        for name in sorted(members, key=lambda name: name in {IDENTITY, RECOVERY}):
            with suppress(NotFlushedError):
                replace_file(folder / name, members[name])
        for one in (folder, folder / EXTRACTS, folder / LINKS):
            folder_flushed(one)
    finally:
        held.release()


def _additions(members: dict[str, bytes], folder: Path) -> dict[str, bytes]:
    """Return what the same vault in `folder` lacks, with a journal it has under another name."""
    known = {path.name[:_JOURNAL_NAME] for path in folder.glob("journal-*")}
    if not known & {name[:_JOURNAL_NAME] for name in members}:
        raise VaultExistsError("The folder holds another vault, or its keys were rotated since.")
    absent = {name: data for name, data in members.items() if not (folder / name).exists()}
    journals = {name: data for name, data in members.items() if name.endswith(".log")}
    beside = {_beside(name, data): data for name, data in journals.items() if name not in absent}
    return {**absent, **beside}


def _beside(name: str, data: bytes) -> str:
    return f"{name[:_JOURNAL_NAME]}.restored-{sha256(data).hexdigest()[:12]}.log"


def _members(backup: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(backup)) as zipped:
            entries = zipped.infolist()
            if sum(entry.file_size for entry in entries) > LARGEST_TOTAL:
                raise BadBackupError("The file would unpack to more than a vault can be.")
            members = {entry.filename: zipped.read(entry) for entry in entries}
    except _FAILURES:
        raise BadBackupError("The file is not an exported vault, or it is damaged.") from None
    if members.pop(NOTE, b"") != FORMAT or not members.keys() >= {IDENTITY, RECOVERY}:
        raise BadBackupError("The file is not an exported vault of a version known here.")
    if len(members) + 1 != len(entries) or not all(map(_belongs, members)):
        raise BadBackupError("The file holds something that is no part of a vault.")
    return members


def _belongs(name: str) -> bool:
    exact = name in {IDENTITY, RECOVERY}
    return exact or bool(_JOURNAL.fullmatch(name) or _KEPT.fullmatch(name))
