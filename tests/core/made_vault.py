"""What the tests of the vault share: a made-up surgeon's secrets, and how to write and look."""

from datetime import UTC, datetime
from pathlib import Path

from core.review.findings import FindingKind
from core.review.notes import NoteWritten, OnOutcome
from core.review.state import replay
from core.review.vault import Vault
from core.sealing.trust import TrustStore, parse_trust_entry

VECTORS = Path(__file__).parents[1] / "vectors" / "extract"
TRUST = TrustStore((parse_trust_entry((VECTORS / "vectors.trust.json").read_bytes()),))
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
PASSPHRASE = "FICTIONAL words of a vault"
FAST = 2


def note(text: str) -> NoteWritten:
    """Return a note whose id is its text."""
    return NoteWritten(note=text, extract="0" * 64, anchor=OnOutcome("death"), text=text)


def write(vault: Vault, text: str) -> None:
    vault.append(note(text), NOW)


def notes(vault: Vault) -> set[str]:
    return {found.text for found in replay(vault.journal.entries).notes.values()}


def kinds(vault: Vault) -> set[FindingKind]:
    return {finding.kind for finding in vault.findings}
