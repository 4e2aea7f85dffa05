"""Seal what a vault keeps to other keys, so that a stop at any point leaves all of it readable."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from core.errors import PlumblineError
from core.review.journal import head_path, journal_path
from core.review.journal_copies import copies_of
from core.review.records import (
    START,
    JournalKey,
    Record,
    digest_of,
    head_bytes,
    read_records,
    record_bytes,
)
from core.review.vault_files import EXTRACTS, LINKS
from core.review.vault_keys import VaultKeys
from core.sealing.age import X25519Identity, X25519Recipient, decrypt, encrypt
from core.storage import folder_flushed, read_file, remove_file, replace_file


def reseal_kept(
    folder: Path, identity: X25519Identity, recipients: Sequence[X25519Recipient]
) -> int:
    """Seal every kept extract and link to `recipients`; return how many did not open."""
    unreadable = 0
    for path in sorted((*(folder / EXTRACTS).glob("*.age"), *(folder / LINKS).glob("*.age"))):
        try:
            content = decrypt(read_file(path), [identity])
        except PlumblineError:
            unreadable += 1
        else:
            replace_file(path, encrypt(content, recipients))
    return unreadable


def copy_journals(folder: Path, old: JournalKey, new: JournalKey) -> None:
    """Write the journal, and its other copies in the folder, once more under the key `new`."""
    path = journal_path(folder, old)
    copied: dict[bytes, bytes] = {}
    records = read_records(read_file(path), old).records
    data, last = _copied(records, new, copied)
    replace_file(journal_path(folder, new), data)
    replace_file(head_path(folder, new), head_bytes(len(records), last, new))
    for number, other in enumerate(copies_of(folder, path, old), 1):
        data, _ = _copied(read_records(read_file(other), old).records, new, copied)
        name = f"{journal_path(folder, new).stem}.copy-{number}.log"
        replace_file(folder / name, data)


def finish_rotation(folder: Path, keys: VaultKeys) -> bool:
    """Close the old ways in where a rotation of keys left them; say whether none is left.

    Nothing is removed, nor sealed for the new keys alone, before the drive holds the new files: a
    loss of power could else bring the earlier keys back without what they open.
    """
    left = [old for name in keys.retired if (old := _retired(name, folder))[1].exists()]
    with suppress(PlumblineError):
        if left and not _stands(folder, keys):
            return False
        for key, path in left:
            reseal_kept(folder, keys.opener, [keys.opener.recipient])
            for other in copies_of(folder, path, key):
                remove_file(other)
            with suppress(PlumblineError):
                remove_file(head_path(folder, key))
            remove_file(path)
        return True
    return False


def _retired(name: str, folder: Path) -> tuple[JournalKey, Path]:
    key = JournalKey(bytes.fromhex(name), b"")
    return key, journal_path(folder, key)


def _stands(folder: Path, keys: VaultKeys) -> bool:
    folders = (folder, folder / EXTRACTS, folder / LINKS)
    flushed = all(folder_flushed(one) for one in folders if one.is_dir())
    return flushed and journal_path(folder, keys.journal).exists()


def _copied(
    records: Sequence[Record], key: JournalKey, copied: dict[bytes, bytes]
) -> tuple[bytes, bytes]:
    """Return a journal of `records` and its last digest; shared beginnings stay shared."""
    parts, before = [key.header], START
    for record in records:
        if record.digest not in copied:
            copied[record.digest] = record_bytes(record.text, before, key)
        parts.append(copied[record.digest])
        before = digest_of(parts[-1])
    return b"".join(parts), before
