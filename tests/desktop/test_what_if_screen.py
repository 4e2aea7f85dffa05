"""The what-if in the window: beside the official result, labelled, never mixed with it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.flow import Review
from core.results.wording import IF_ACCEPTED
from core.review.what_if import LABEL
from desktop.screens.queries.view import QueriesScreen
from desktop.session import Session
from tests.desktop.on_desk import unlock
from tests.desktop.querying import draft, facts, what_if_shown, words_in


def test_the_what_if_stands_beside_the_official_result_and_says_so(
    qtbot: QtBot, query_desk: Session, queried: Review, show_queries: Callable[[], QueriesScreen]
) -> None:
    unlock(query_desk.keeper)
    before = queried.results
    draft(query_desk, "q1", "C0003")
    draft(query_desk, "q2", "C0005", "wrong_outcome", field="outcome.death", proposed_value=0.0)
    draft(query_desk, "q3", "C0007", "wrong_outcome", field="outcome.death")
    screen = show_queries()
    what_if_shown(qtbot, screen)
    cases = queried.extract.cases.drop(index=3)
    deaths = cases["outcome.death"].sum() - 1
    expected = cases["risk.death"].sum()
    rows = facts(screen)
    assert rows["Deaths"] == ["11", f"{deaths:.0f}"]
    assert rows["Observed ÷ expected"][1] == f"{deaths / expected:.2f}"
    assert queried.results is before
    assert query_desk.review.results is before
    effects = screen.what_if.effects.model()
    table = [
        [effects.index(row, at).data() for at in range(5)] for row in range(effects.rowCount())
    ]
    assert [row[2] for row in table] == ["11", "10", "10", "11", "9"]
    assert table[0][0] == "Official result"
    assert all(row[0].startswith("Alone: ") for row in table[1:4])
    assert "does not say yet what should stand instead" in words_in(screen.what_if)


def test_every_part_of_the_what_if_is_labelled(
    qtbot: QtBot, query_desk: Session, show_queries: Callable[[], QueriesScreen]
) -> None:
    unlock(query_desk.keeper)
    draft(query_desk, "q1", "C0003")
    screen = show_queries()
    what_if_shown(qtbot, screen)
    part = screen.what_if
    canvas = part.chart.canvas
    assert canvas is not None
    assert IF_ACCEPTED in part.figures.accessibleName()
    assert IF_ACCEPTED in canvas.accessibleName()
    assert IF_ACCEPTED in canvas.accessibleDescription()
    assert LABEL in part.effects.accessibleName()
    header = part.effects.model().headerData(0, Qt.Orientation.Horizontal)
    assert IF_ACCEPTED in header
    labels = " ".join(label.text() for label in part.chart.findChildren(QLabel))
    assert LABEL in labels


def test_one_correction_alone_and_another_outcome(
    qtbot: QtBot, query_desk: Session, show_queries: Callable[[], QueriesScreen]
) -> None:
    unlock(query_desk.keeper)
    draft(query_desk, "q1", "C0003")
    draft(query_desk, "q2", "C0390")
    screen = show_queries()
    what_if_shown(qtbot, screen)
    screen.what_if.correction_chosen.emit("q2")
    assert facts(screen)["Deaths"] == ["11", "11"]
    screen.what_if.outcome_chosen.emit("bleeding")
    canvas = screen.what_if.chart.canvas
    assert canvas is not None
    assert "bleeding" in canvas.accessibleName()


def test_words_alone_do_not_work_the_what_if_out_again(
    qtbot: QtBot, query_desk: Session, show_queries: Callable[[], QueriesScreen]
) -> None:
    unlock(query_desk.keeper)
    draft(query_desk, "q1", "C0003")
    screen = show_queries()
    what_if_shown(qtbot, screen)
    draft(query_desk, "q1", "C0003", evidence="More words")
    assert screen.what_if.working.isHidden()
    draft(query_desk, "q1", "C0004")
    assert not screen.what_if.working.isHidden()
    what_if_shown(qtbot, screen)
    query_desk.keeper.undo()
    what_if_shown(qtbot, screen)


def test_a_rejected_request_is_not_granted(
    qtbot: QtBot, query_desk: Session, show_queries: Callable[[], QueriesScreen]
) -> None:
    unlock(query_desk.keeper)
    draft(query_desk, "q1", "C0003")
    screen = show_queries()
    what_if_shown(qtbot, screen)
    screen.standing.sending.one.click()
    screen.standing.answering.rejected.click()
    assert screen.what_if.isHidden()
