"""The screen of correction requests: drafted together, recorded, answered, undone."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.review.notes import NoteWritten, OnCase
from core.review.vault import unlock as open_vault
from desktop.queries.writing import READ_ONLY
from desktop.screens.quality.view import build as build_quality
from desktop.screens.queries.presenter import LOCKED, NONE_YET
from desktop.screens.queries.view import QueriesScreen
from desktop.session import Session
from tests.desktop.on_desk import NOW, PASSPHRASE, Ways, unlock
from tests.desktop.querying import cells, draft, words_in


def test_a_finding_drafts_one_request_a_case_together_and_undoes_them_together(
    qtbot: QtBot,
    fonts: None,
    query_desk: Session,
    query_ways: Ways,
    show_queries: Callable[[], QueriesScreen],
) -> None:
    unlock(query_desk.keeper)
    quality = build_quality(query_desk)
    qtbot.addWidget(quality)
    codes = [finding.code for finding in query_desk.review.findings]
    number = codes.index("unusual_provider")
    assert quality.draft(number).text() == "Draft 4 correction requests"
    quality.draft(number).click()
    assert query_ways.gone == [("queries", "")]
    found = list(query_desk.keeper.state.queries.values())
    assert [one.case_id for one in found] == ["C0030", "C0031", "C0032", "C0033"]
    assert {(one.kind, one.evidence) for one in found} == {
        ("not_my_case", "Provider outside your pattern.")
    }
    quality.draft(number).click()
    assert len(query_desk.keeper.state.queries) == 4
    assert query_ways.noted
    screen = show_queries()
    assert [row[0] for row in cells(screen)] == [one.case_id for one in found]
    screen.undo.click()
    assert not query_desk.keeper.state.queries
    screen.redo.click()
    assert len(query_desk.keeper.state.queries) == 4


def test_undo_leaves_edits_of_other_kinds_alone(
    qtbot: QtBot, query_desk: Session, show_queries: Callable[[], QueriesScreen]
) -> None:
    unlock(query_desk.keeper)
    draft(query_desk, "q1", "C0001")
    note = NoteWritten(note="n", extract=query_desk.extract, anchor=OnCase("C0001"), text="A note")
    query_desk.keeper.write(note)
    screen = show_queries()
    assert not screen.undo.isEnabled()
    screen.undo_wanted.emit()
    assert (len(query_desk.keeper.state.queries), len(query_desk.keeper.state.notes)) == (1, 1)


def test_sent_answered_and_opened_again(
    qtbot: QtBot, query_desk: Session, show_queries: Callable[[], QueriesScreen]
) -> None:
    unlock(query_desk.keeper)
    for number in (1, 2, 3):
        draft(query_desk, f"q{number}", f"C000{number}")
    screen = show_queries()
    assert "3 requests are drafts" in screen.said.accessibleName()
    screen.query_chosen.emit("q2")
    assert screen.standing.sending.to.text() == "FICTIONAL audit office"
    screen.standing.sending.how.setText("secure e-mail")
    screen.standing.sending.one.click()
    query = query_desk.keeper.state.queries["q2"]
    assert (query.status, query.sent and query.sent.how) == ("sent", "secure e-mail")
    assert screen.standing.story.accessibleName() == (
        "Sent to FICTIONAL audit office, secure e-mail."
    )
    assert not screen.chosen.form.evidence.isEnabled()
    screen.standing.answering.words.setText("Agreed")
    screen.standing.answering.accepted.click()
    assert query_desk.keeper.state.queries["q2"].status == "accepted"
    assert "“Agreed”" in screen.standing.story.accessibleName()
    screen.query_chosen.emit("q1")
    screen.standing.sending.all.click()
    assert {one.status for one in query_desk.keeper.state.queries.values()} == {"sent", "accepted"}
    assert screen.said.accessibleName().startswith("Every request is recorded as sent")
    screen.undo.click()
    assert [one.status for one in query_desk.keeper.state.queries.values()] == [
        "drafted",
        "accepted",
        "drafted",
    ]


def test_a_change_of_a_sent_request_makes_it_a_draft_again(
    qtbot: QtBot, query_desk: Session, show_queries: Callable[[], QueriesScreen]
) -> None:
    unlock(query_desk.keeper)
    draft(query_desk, "q1", "C0001")
    screen = show_queries()
    screen.standing.sending.one.click()
    screen.chosen.form.reopen.click()
    screen.chosen.form.evidence.setPlainText("More evidence")
    screen.chosen.form.flush()
    query = query_desk.keeper.state.queries["q1"]
    assert (query.status, query.sent, query.evidence) == ("drafted", None, "More evidence")


def test_filters_and_the_audits_own_answer(
    qtbot: QtBot, query_desk: Session, show_queries: Callable[[], QueriesScreen]
) -> None:
    unlock(query_desk.keeper)
    draft(query_desk, "q1", "C0005", "wrong_outcome", field="outcome.death", audit_value=1.0)
    draft(query_desk, "q2", "C0006")
    screen = show_queries()
    screen.query_chosen.emit("q1")
    assert "1 October 2026: declined. “The registry" in screen.standing.answer.accessibleName()
    assert cells(screen)[0][5] == "Draft, not sent · the audit answered"
    assert screen.unknown.isHidden()
    screen.standing.sending.one.click()
    screen.filter_chosen.emit("drafted")
    assert [row[0] for row in cells(screen)] == ["C0006"]


def test_an_answer_to_an_unknown_request_is_shown(
    qtbot: QtBot, query_desk: Session, show_queries: Callable[[], QueriesScreen]
) -> None:
    unlock(query_desk.keeper)
    screen = show_queries()
    assert not screen.unknown.isHidden()
    assert "declined" in words_in(screen.unknown)


def test_a_case_that_is_absent_and_taking_back(
    qtbot: QtBot, query_desk: Session, show_queries: Callable[[], QueriesScreen]
) -> None:
    unlock(query_desk.keeper)
    screen = show_queries()
    assert screen.said.accessibleName() == NONE_YET
    screen.absent.click()
    (query,) = query_desk.keeper.state.queries.values()
    assert (query.kind, query.case_id) == ("mine_but_absent", None)
    assert cells(screen)[0][0] == "not in the extract"
    screen.chosen.remove.click()
    assert not query_desk.keeper.state.queries
    screen.undo.click()
    assert len(query_desk.keeper.state.queries) == 1


def test_a_locked_vault_is_said_and_a_read_only_one_too(
    qtbot: QtBot, query_desk: Session, show_queries: Callable[[], QueriesScreen]
) -> None:
    unlock(query_desk.keeper)
    draft(query_desk, "q1", "C0001")
    screen = show_queries()
    query_desk.keeper.lock()
    assert screen.said.accessibleName() == LOCKED
    assert (screen.table.isVisible(), screen.chosen.isVisible()) == (False, False)
    assert not screen.what_if.isVisible()
    with qtbot.waitSignal(query_desk.keeper.wanted):
        screen.open_vault.click()
    other = open_vault(query_desk.keeper.folder, PASSPHRASE, NOW)
    second = open_vault(query_desk.keeper.folder, PASSPHRASE, NOW)
    assert second.read_only
    query_desk.keeper.hold(second)
    assert screen.said.accessibleName() == READ_ONLY
    assert not screen.chosen.form.evidence.isEnabled()
    screen.absent.click()
    assert len(query_desk.keeper.state.queries) == 1
    query_desk.keeper.lock()
    other.lock()


def test_requests_are_chosen_by_keyboard_in_the_order_that_was_sorted(
    qtbot: QtBot, query_desk: Session, show_queries: Callable[[], QueriesScreen]
) -> None:
    unlock(query_desk.keeper)
    for number in (1, 2, 3):
        draft(query_desk, f"q{number}", f"C000{number}")
    screen = show_queries()
    screen.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    screen.table.selectRow(0)
    assert screen.chosen.accessibleName().startswith("C0003")
    qtbot.keyClick(screen.table, Qt.Key.Key_Down)
    assert screen.chosen.accessibleName().startswith("C0002")
    screen.chosen.form.evidence.setPlainText("Seen by keyboard")
    screen.chosen.form.flush()
    assert [row[0] for row in cells(screen)] == ["C0003", "C0002", "C0001"]
    assert query_desk.keeper.state.queries["q2"].evidence == "Seen by keyboard"
    screen.standing.sending.one.click()
    assert [row[0] for row in cells(screen)] == ["C0003", "C0002", "C0001"]
    (index,) = screen.table.selectionModel().selectedRows()
    assert index.data() == "C0002"
