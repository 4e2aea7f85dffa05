"""Requests are told apart by their names, and their fields are found by a letter."""

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.queries.naming import name_of
from desktop.session import Session
from tests.desktop.on_desk import unlock
from tests.desktop.querying import card_of, draft


def test_requests_about_one_case_are_told_apart_by_field_and_kind(
    qtbot: QtBot, fonts: None, query_desk: Session
) -> None:
    unlock(query_desk.keeper)
    draft(query_desk, "q1", "C0005", "other", field="weight", audit_value=80.0)
    draft(query_desk, "q2", "C0005", "wrong_outcome", field="outcome.death")
    draft(query_desk, "q3", "C0005", "not_my_case")
    card = card_of(qtbot, query_desk, 5)
    said = [button.text() for button in card._others.findChildren(QPushButton)]
    outcome = query_desk.review.results[0].label
    assert said == ["Weight · wrong value", f"{outcome} · wrong outcome or date of death"]
    queries, manifest = query_desk.keeper.state.queries, query_desk.review.extract.manifest
    names = [name_of(manifest, one) for one in queries.values()]
    assert names[0] == "C0005 · Weight · wrong value"
    assert names[2] == "C0005 · not my case"


def test_a_case_that_stands_here_is_not_called_absent(
    qtbot: QtBot, fonts: None, query_desk: Session
) -> None:
    unlock(query_desk.keeper)
    card = card_of(qtbot, query_desk, 5)
    card.begin.click()
    offered = [action.text() for action in card.form.kind.menu().actions()]
    assert "Not my case" in offered
    assert "Mine but absent" not in offered


def test_a_letter_goes_to_the_next_field_that_begins_with_it(
    qtbot: QtBot, fonts: None, query_desk: Session
) -> None:
    unlock(query_desk.keeper)
    card = card_of(qtbot, query_desk, 5)
    card.begin.click()
    menu = card.form.field.menu()
    labels = [action.text() for action in menu.actions()]
    assert labels[1:] == sorted(labels[1:], key=str.casefold)
    named = [label for label in labels if label.startswith("P")]
    assert len(named) > 1
    for expected in (*named, named[0]):
        QTest.keyClicks(menu, "p")
        assert menu.activeAction().text() == expected
