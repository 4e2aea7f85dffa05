"""The cases screen: sorted, searched and narrowed; one case in full, identifiers masked."""

from dataclasses import replace

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.extract.manifest import Field
from core.flow import Review, review
from desktop.jobs import JobRunner
from desktop.screens.cases.columns import HEADINGS
from desktop.screens.cases.view import CasesScreen, build
from desktop.widgets.card import CardWidget
from desktop.widgets.text import ProseWidget
from tests.desktop.on_desk import session

RISK, OUTCOME, COUNTED = (HEADINGS.index(name) for name in ("Risk", "Outcome", "Counted"))


@pytest.fixture
def opened(small_review: Review) -> Review:
    """A case elsewhere, a risk missing, and an identifying field."""
    extract = small_review.extract
    cases = extract.cases.assign(record=[f"SECRET{row}" for row in range(400)], age=60.0)
    cases.loc[20, "risk.death"] = np.nan
    cases.loc[30, "provider"] = "H2"
    fields = (
        Field(name="record", label="Record number", type="text", identifying=True),
        Field(name="age", label="Age", type="integer", unit="years", risk_factor=True),
    )
    manifest = msgspec.structs.replace(extract.manifest, fields=fields)
    return review(replace(extract, cases=cases, manifest=manifest), lambda *_: None)


@pytest.fixture
def screen(qtbot: QtBot, fonts: None, opened: Review, runner: JobRunner) -> CasesScreen:
    made = build(session(opened, runner))
    qtbot.addWidget(made)
    made.resize(1180, 800)
    with qtbot.waitExposed(made):
        made.show()
    return made


def column(screen: CasesScreen, at: int) -> list[str]:
    model = screen.model
    return [str(model.index(row, at).data()) for row in range(model.rowCount())]


def said(screen: CasesScreen) -> str:
    labels = screen.panel.widget().findChildren(ProseWidget)
    return "\n".join(label.accessibleName() for label in labels)


def headings(screen: CasesScreen) -> list[str]:
    return [card.accessibleName() for card in screen.panel.widget().findChildren(CardWidget)]


def test_all_cases_in_the_audits_order(screen: CasesScreen) -> None:
    assert column(screen, 0) == [f"C{number:04}" for number in range(400)]
    assert screen.said.text() == "400 cases"
    assert column(screen, COUNTED)[20] == "no: risk missing"


@pytest.mark.parametrize("order", [Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder])
def test_a_missing_risk_sorts_last(
    screen: CasesScreen, opened: Review, order: Qt.SortOrder
) -> None:
    screen.table.sortByColumn(RISK, order)
    assert screen.model.position(399) == 20
    down = order == Qt.SortOrder.DescendingOrder
    risks = opened.extract.cases["risk.death"].to_numpy()
    assert screen.model.position(0) == (np.nanargmax(risks) if down else np.nanargmin(risks))


def test_the_chosen_case_stays_chosen_when_sorted(screen: CasesScreen) -> None:
    screen.table.selectRow(0)
    screen.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    (index,) = screen.table.selectionModel().selectedRows()
    assert (index.row(), index.data()) == (399, "C0000")


def test_search_and_filters_narrow_together(qtbot: QtBot, screen: CasesScreen) -> None:
    qtbot.keyClicks(screen.search, "c000")
    assert screen.model.rowCount() == 10
    screen.choices["outcome"].chosen.emit("Death")
    assert set(column(screen, OUTCOME)) == {"death"}
    screen.search.clear()
    assert screen.said.text() == "11 of 400 cases"
    qtbot.mouseClick(screen.everything, Qt.MouseButton.LeftButton)
    assert screen.said.text() == "400 cases"


def test_the_panel_never_shows_a_case_that_is_not_in_the_table(screen: CasesScreen) -> None:
    screen.table.selectRow(0)
    assert "C0000" in headings(screen)
    screen.search.setText("c001")
    assert "C0000" not in headings(screen)
    assert "No case chosen" in headings(screen)


def test_a_chosen_case_stays_chosen_when_narrowed(screen: CasesScreen) -> None:
    screen.table.selectRow(12)
    screen.search.setText("c001")
    (index,) = screen.table.selectionModel().selectedRows()
    assert (index.row(), index.data()) == (2, "C0012")
    assert "C0012" in headings(screen)


def test_identifiers_are_not_searched(qtbot: QtBot, screen: CasesScreen) -> None:
    qtbot.keyClicks(screen.search, "secret7")
    assert screen.model.rowCount() == 0


def test_a_case_by_keyboard_with_identifiers_masked(qtbot: QtBot, screen: CasesScreen) -> None:
    screen.table.selectRow(0)
    qtbot.keyClick(screen.table, Qt.Key.Key_Down)
    words = said(screen)
    assert "SECRET1" not in words
    assert "hidden" in words
    assert "60\u202fyears" in words
    assert "Case 2 of 399 in order of date" in words
    screen.reveal_wanted.emit()
    assert "SECRET1" in said(screen)
    screen.reveal_wanted.emit()
    assert "SECRET1" not in said(screen)


def test_the_cases_of_a_finding_alone(screen: CasesScreen, opened: Review) -> None:
    codes = [finding.code for finding in opened.findings]
    screen.finding_chosen.emit(codes.index("unusual_provider"))
    assert column(screen, 0) == ["C0030"]
    assert "C0030" in headings(screen)
    (index,) = screen.table.selectionModel().selectedRows()
    assert index.data() == "C0030"
    assert screen.reason.words.startswith("Provider outside your pattern.")
    screen.reason.closed.emit()
    assert screen.model.rowCount() == 400


def test_another_outcome_keeps_the_case(screen: CasesScreen) -> None:
    screen.table.selectRow(20)
    assert "not on the VLAD" in said(screen)
    screen.outcome_chosen.emit("bleeding")
    assert column(screen, RISK)[20] == "3.50\u202f%"
    assert "Case 21 of 400" in said(screen)


def test_a_supplied_risk_has_no_contributions(screen: CasesScreen) -> None:
    screen.table.selectRow(3)
    assert "The audit supplied this risk" in said(screen)
    assert "not a calculator" not in said(screen)
