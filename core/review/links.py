"""Which case is which patient: kept in the vault on the surgeon's request, and nowhere else."""

import csv
import hmac
import io
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from core.errors import DamagedVaultError, NotKeptError, PlumblineError
from core.review.events import LinkKept, LinkRemoved
from core.review.vault import Vault, check_writable
from core.review.vault_files import EXTRACTS, LINKS
from core.sealing.age import X25519Identity, decrypt, encrypt
from core.storage import make_folder, read_file, remove_file, replace_file

MARK_LENGTH = 32


def keep_link(vault: Vault, extract: str, table: bytes, now: datetime) -> None:
    """Seal the link table of a kept extract to the vault's identity, in place of an earlier one.

    The journal says that it was kept, and when; where that cannot be written, what was there before
    is put back. A crash between the two leaves a link that the journal does not name. `extract` is
    its id; `table` is CSV, its first column `case_id`, the others what leads to the patient. Raises
    NotKeptError where the extract is not held, and what writing the journal raises.
    """
    check_writable(vault)
    if not (vault.folder / EXTRACTS / f"{extract}.age").exists():
        raise NotKeptError("The vault does not hold that extract.")
    opener = vault.keys.opener
    path = link_path(vault.folder, extract)
    make_folder(path.parent)
    before = read_file(path) if path.exists() else None
    replace_file(path, encrypt(_mark(opener, extract, table) + table, [opener.recipient]))
    try:
        vault.append(LinkKept(extract=extract), now)
    except PlumblineError:
        with suppress(PlumblineError):
            _put_back(path, before)
        raise


def has_link(vault: Vault, extract: str) -> bool:
    """Say whether a link is kept for that extract."""
    return link_path(vault.folder, extract).exists()


def find_patient(vault: Vault, extract: str, case_id: str) -> tuple[tuple[str, str], ...]:
    """Return what leads to the patient of a case, each with its name; empty for a case not in it.

    Raises NotKeptError where no link is kept, DamagedVaultError where it was not made by this vault
    for this extract, and what opening the seal raises.
    """
    text = io.StringIO(_table(vault, extract).decode("utf-8"), newline="")
    headings, *rows = csv.reader(text)
    found = next((row for row in rows if row[0] == case_id), None)
    return tuple(zip(headings[1:], found[1:], strict=True)) if found else ()


def erase_link(vault: Vault, extract: str, now: datetime) -> None:
    """Erase the link of that extract, where there is one, and then say so in the journal.

    After a crash between the two the journal's last word is that it was kept; the next erasing,
    though no file is left by then, says that it was removed.
    """
    check_writable(vault)
    held = has_link(vault, extract)
    if held:
        remove_file(link_path(vault.folder, extract))
    if held or _said_to_be_kept(vault, extract):
        vault.append(LinkRemoved(extract=extract), now)


def link_path(folder: Path, extract: str) -> Path:
    """Return where the link of that extract is kept."""
    return folder / LINKS / f"{extract}.age"


def _put_back(path: Path, before: bytes | None) -> None:
    if before is None:
        remove_file(path)
    else:
        replace_file(path, before)


def _said_to_be_kept(vault: Vault, extract: str) -> bool:
    events = (entry.event for entry in reversed(vault.journal.entries))
    said = (one for one in events if isinstance(one, LinkKept | LinkRemoved))
    return isinstance(next((one for one in said if one.extract == extract), None), LinkKept)


def _table(vault: Vault, extract: str) -> bytes:
    path = link_path(vault.folder, extract)
    if not path.exists():
        raise NotKeptError("The vault holds no link for that extract.")
    opened = decrypt(read_file(path), [vault.keys.opener])
    mark, table = opened[:MARK_LENGTH], opened[MARK_LENGTH:]
    marks = (_mark(one, extract, table) for one in vault.keys.openers)
    if not any(hmac.compare_digest(mark, one) for one in marks):
        raise DamagedVaultError("The kept link is not the one that was put there.")
    return table


def _mark(identity: X25519Identity, extract: str, table: bytes) -> bytes:
    """Anyone may seal a file to a vault; only who holds its identity can make this HMAC-SHA-256."""
    text = f"plumbline link\0{extract}\0".encode() + table
    return hmac.digest(identity.text.encode(), text, "sha256")
