"""The data-quality screen: findings with a way to their cases, and what an empty one says."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.flow import Review, review
from desktop.jobs import JobRunner
from desktop.screens.quality.presenter import EMPTY, QualityPage, QualityPresenter, recorded
from desktop.screens.quality.view import build
from tests.desktop.on_desk import Ways, session


class FakeView:
    """Keeps what it was shown."""

    page: QualityPage

    def show_page(self, page: QualityPage) -> None:
        self.page = page


def with_gap(small: Review) -> Review:
    """Return the review with one risk missing and one case elsewhere."""
    cases = small.extract.cases.copy()
    cases.loc[20, "risk.death"] = np.nan
    cases.loc[30, "provider"] = "H2"
    return review(replace(small.extract, cases=cases), lambda *_: None)


def shown(opened: Review) -> QualityPage:
    view = FakeView()
    QualityPresenter(view, opened).show()
    return view.page


def test_findings_with_effect_and_query(small_review: Review) -> None:
    page = shown(with_gap(small_review))
    assert page.summary == "2 findings concern 2 cases."
    (group,) = page.groups
    assert group.title == "Check next"
    missing, elsewhere = group.rows
    assert (missing.title, missing.count) == ("Risk missing", "1 case")
    assert (
        missing.effect == "Without these cases the counts of “Death in hospital” would not change."
    )
    assert elsewhere.query == "As a correction request: not my case."
    assert "has as many deaths and 0.0" in elsewhere.effect
    assert any("1 case left out: risk missing" in words for _, words in page.missing)


def test_nothing_found_is_no_proof(small_review: Review) -> None:
    page = shown(small_review)
    assert (page.summary, page.groups) == (EMPTY, ())
    assert "does not show that the records are right" in page.summary


@pytest.mark.parametrize(
    ("share", "words"),
    [(1.0, "100.0\u202f%"), (0.9999, "99.9\u202f%"), (0.9889, "98.9\u202f%"), (0.0, "0.0\u202f%")],
)
def test_nearly_all_is_not_all(share: float, words: str) -> None:
    assert recorded(share) == words


def test_a_button_leads_to_the_cases(
    qtbot: QtBot, fonts: None, small_review: Review, runner: JobRunner
) -> None:
    ways = Ways()
    opened = with_gap(small_review)
    screen = build(session(opened, runner, ways=ways))
    qtbot.addWidget(screen)
    qtbot.mouseClick(screen.see_cases(1), Qt.MouseButton.LeftButton)
    assert ways.seen == [1]
    assert screen.see_cases(1).accessibleName().startswith("See the cases: Provider")
