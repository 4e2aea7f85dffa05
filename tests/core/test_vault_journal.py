"""A vault whose journal was lost or cut tells so, and writes down what cannot be seen again."""

from core.extract.opening import Extract
from core.review.events import ExtractKept, FindingTold
from core.review.findings import FindingKind
from core.review.kept import keep, open_kept, unlisted
from core.review.notes import NoteWritten
from core.review.state import replay
from core.review.vault import Vault, begin_journal, unlock
from tests.core.made_vault import NOW, PASSPHRASE, TRUST, kinds, write


def test_what_cannot_be_seen_again_is_written_down(made: tuple[Vault, str]) -> None:
    vault, _ = made
    for text in "abc":
        write(vault, text)
    vault.lock()
    (log,) = vault.folder.glob("*.log")
    log.write_bytes(log.read_bytes()[:200])
    opened = unlock(vault.folder, PASSPHRASE, NOW)
    assert kinds(opened) == {FindingKind.DAMAGED, FindingKind.FEWER}
    opened.lock()
    later = unlock(vault.folder, PASSPHRASE, NOW)
    assert later.findings == ()
    told = [entry.event for entry in later.journal.entries]
    assert [event.kind for event in told if isinstance(event, FindingTold)] == [
        FindingKind.DAMAGED.value,
        FindingKind.FEWER.value,
    ]
    later.lock()


def test_a_new_journal_is_begun_on_request_and_says_so(
    made: tuple[Vault, str], extract: Extract
) -> None:
    vault, _ = made
    name = keep(vault, extract, NOW)
    write(vault, "lost")
    vault.lock()
    (log,) = vault.folder.glob("*.log")
    log.rename(vault.folder / "away")
    opened = unlock(vault.folder, PASSPHRASE, NOW)
    assert unlisted(vault.folder, replay(opened.journal.entries)) == (name,)
    begin_journal(opened, NOW)
    begin_journal(opened, NOW)
    assert len(replay(opened.journal.entries).told) == 1
    keep(opened, open_kept(opened, name, TRUST), NOW)
    assert unlisted(vault.folder, replay(opened.journal.entries)) == ()
    opened.lock()
    (vault.folder / "away").rename(vault.folder / "back.log")
    later = unlock(vault.folder, PASSPHRASE, NOW)
    later.lock()
    assert kinds(later) == {FindingKind.FORK}
    assert [type(entry.event) for entry in later.journal.forks[0]] == [ExtractKept, NoteWritten]
