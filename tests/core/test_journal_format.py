"""The journal and the vault are what docs/vault.md says: read here by the page alone."""

import hashlib
import io
import json
import os
import zipfile
from base64 import b64decode
from pathlib import Path
from typing import Any

import pyrage
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from core.review.backup import restore_vault
from core.review.state import replay
from core.review.vault import unlock, unlock_with_recovery
from tests.core.made_vault import NOW, PASSPHRASE, notes

VAULT = Path(__file__).parents[1] / "vectors" / "vault" / "format-1.zip"
RECOVERY = VAULT.with_suffix(".recovery.txt")


def keys(members: dict[str, bytes]) -> dict[str, Any]:
    text = pyrage.passphrase.decrypt(members["identity.age"], PASSPHRASE)
    found: dict[str, Any] = json.loads(text)
    return found


def files() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(VAULT.read_bytes())) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def test_the_page_is_enough_to_read_a_journal() -> None:
    members = files()
    journal = keys(members)["journal"]
    name, key = b64decode(journal["id"]), ChaCha20Poly1305(b64decode(journal["key"]))
    data = members[f"journal-{name.hex()}.log"]
    assert data[:36] == b"plumbline-journal/1\n" + name
    at, before, events = 36, bytes(32), []
    while at < len(data):
        assert data[at : at + 8] == bytes.fromhex("C5504C554D420D0A")
        end = at + 12 + int.from_bytes(data[at + 8 : at + 12], "big")
        assert data[at + 12 : at + 44] == before
        text = key.decrypt(data[at + 44 : at + 56], data[at + 56 : end], name + before)
        events.append(json.loads(text)["event"])
        before, at = hashlib.sha256(data[at:end]).digest(), end
    assert [event["type"] for event in events][:2] == ["note_written", "note_written"]
    head = members[f"journal-{name.hex()}.head"]
    text = key.decrypt(head[:12], head[12:], b"plumbline-head/1" + name)
    assert text == len(events).to_bytes(8, "big") + before


def test_a_vault_of_format_1_opens_in_every_later_version(tmp_path: Path) -> None:
    restore_vault(VAULT.read_bytes(), tmp_path)
    opened = unlock(tmp_path, PASSPHRASE, NOW)
    opened.lock()
    assert (notes(opened), opened.findings) == ({"one", "three, corrected"}, ())
    state = replay(opened.journal.entries)
    assert state.queries["q"].status == "sent"
    assert state.undo is not None
    assert state.redo is not None
    again = unlock_with_recovery(tmp_path, RECOVERY.read_text(encoding="ascii"), NOW)
    again.lock()
    assert again.keys == opened.keys
    assert os.listdir(tmp_path / "extracts") == []
