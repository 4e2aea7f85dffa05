"""A canary that stands in an extract and in notes is in no file that the vault leaves."""

import base64
from dataclasses import replace
from pathlib import Path

from core.extract.archive import pack
from core.extract.opening import Extract
from core.review.backup import export_vault, restore_vault
from core.review.events import FindingTold
from core.review.kept import erase, keep
from core.review.notes import NoteWritten, OnCase
from core.review.queries import QueryDrafted
from core.review.rotation import rotate
from core.review.vault import Vault, unlock
from core.storage import replace_file
from tests.core.made_vault import FAST, NOW, PASSPHRASE

CANARY = "CANARY-4857773456"


def forms(text: str) -> list[bytes]:
    plain = text.encode()
    shifted = [base64.b64encode(b"x" * n + plain)[4:-4] for n in range(3)]
    return [plain, text.encode("utf-16-le"), plain.hex().encode(), *shifted]


def search(folder: Path, *secrets: str) -> list[str]:
    """Return what was found in the names and bytes of all files below `folder`."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    assert len(paths) > 5
    return [
        secret
        for path in paths
        for secret in secrets
        for form in forms(secret)
        if form in path.read_bytes() or form in path.name.encode()
    ]


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    for number, form in enumerate(forms(CANARY)):
        (tmp_path / str(number)).write_bytes(b"before " + form + b" after")
    assert len(search(tmp_path, CANARY)) >= len(forms(CANARY))


def use(vault: Vault, extract: Extract) -> None:
    """Keep an extract and write of its case."""
    sealed = replace(extract, archive=pack({"manifest.json": b"{}", "cases.csv": CANARY.encode()}))
    name = keep(vault, sealed, NOW)
    note = NoteWritten(note="n", extract=name, anchor=OnCase(CANARY), text=CANARY, tags=(CANARY,))
    query = QueryDrafted(
        query="q", extract=name, kind="wrong_outcome", case_id=CANARY, evidence=CANARY
    )
    for event in (note, query, FindingTold(kind="x", words=CANARY)):
        vault.append(event, NOW)


def test_no_file_holds_it_in_clear(
    made: tuple[Vault, str], extract: Extract, tmp_path: Path
) -> None:
    vault, secret = made
    own = (CANARY, vault.keys.name, vault.keys.gmc, vault.keys.identity, PASSPHRASE, secret)
    use(vault, extract)
    backup = export_vault(vault)
    replace_file(tmp_path / "backup.zip", backup)
    restore_vault(backup, tmp_path / "restored")
    rotated, _ = rotate(vault, PASSPHRASE, NOW, work_factor=FAST)
    assert search(tmp_path, *own) == []
    rotated.lock()
    log = next(vault.folder.glob("*.log"))
    log.write_bytes(log.read_bytes()[:-7])
    opened = unlock(vault.folder, PASSPHRASE, NOW)
    erase(opened, next(vault.folder.glob("extracts/*.age")).stem, NOW)
    opened.lock()
    assert list(vault.folder.glob("*.torn"))
    assert search(tmp_path, *own) == []


def test_nothing_that_is_printed_of_a_vault_holds_a_secret(made: tuple[Vault, str]) -> None:
    vault, secret = made
    shown = f"{vault!r} {vault.keys!r} {vault.keys.journal!r} {vault.keys.opener!r}"
    for hidden in (vault.keys.identity, vault.keys.gmc, vault.keys.journal.key.hex(), secret):
        assert hidden not in shown
