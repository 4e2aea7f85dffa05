from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from core.charts.palette import LIGHT
from core.extract.manifest import Publication
from core.flow import Review
from core.sealing.trust import TrustState, TrustVerdict
from desktop.screens.overview.presenter import (
    OutcomeCard,
    OverviewPresenter,
    SideCard,
    caseload_card,
    publication_words,
)
from desktop.screens.overview.view import OverviewScreen
from desktop.theme import Theme, apply_theme
from desktop.widgets.chip import ChipWidget
from desktop.widgets.figures import KeyFigureWidget
from tests.desktop.made_up import emptied_review, made_up_review, varied_review

RAIL, SCROLL_BAR = 208, 16


class FakeView:
    """Keeps what it was shown."""

    outcomes: tuple[OutcomeCard, ...] = ()
    side: tuple[SideCard, ...] = ()

    def show_outcomes(self, cards: tuple[OutcomeCard, ...]) -> None:
        self.outcomes = cards

    def show_side(self, cards: tuple[SideCard, ...]) -> None:
        self.side = cards


def shown(review: Review) -> FakeView:
    view = FakeView()
    OverviewPresenter(view, review).show()
    return view


def test_within_is_never_comfort_alone(small_review: Review) -> None:
    death = shown(small_review).outcomes[0]
    assert (death.position, death.attention) == ("Within both limits", False)
    assert death.figures[1] == ("11", "observed · 13.9 expected")
    assert death.strong == "Inside is not proof of good results:"
    assert "this chart would have missed it" in death.account


def test_above_says_records_first(small_review: Review) -> None:
    bleeding = shown(small_review).outcomes[1]
    assert bleeding.position == "▲ Above the alert line"
    assert bleeding.attention
    assert "Check the records first" in bleeding.account
    assert bleeding.figures[1] == ("23", "observed · 14.0 expected")


def test_below_takes_the_same_care() -> None:
    death = shown(made_up_review(events=2)).outcomes[0]
    assert death.position == "▼ Below the alarm line"
    assert death.attention
    assert "Check the records first" in death.account


def test_an_absent_contact_is_said() -> None:
    assert shown(made_up_review()).side[0].footnote == "The extract does not name a contact."
    named = shown(made_up_review(questions="audit@example.invalid")).side[0]
    assert named.footnote == "Questions: audit@example.invalid"


@pytest.mark.parametrize(
    ("risks", "sentence"),
    [
        ([0.02, 0.02, 0.2], "Median predicted risk 2.0\u202f%. 1 of your 3 patients had a risk"),
        ([0.02], "Median predicted risk 2.0\u202f%. None of your patients had a risk"),
    ],
)
def test_caseload(risks: list[float], sentence: str) -> None:
    assert caseload_card(risks, "Death").sentence == f"{sentence} above 10\u202f%."


def test_silence_is_said_in_the_extracts_words() -> None:
    presumed = Publication(regime="presumed", default="your results are published.")
    assert publication_words(presumed) == (
        "This audit publishes results by name unless you object. "
        "Without an answer: your results are published."
    )
    assert publication_words(Publication()) == "This audit does not publish results by name."


def test_one_press_leads_to_the_funnel(qtbot: QtBot, fonts: None, small_review: Review) -> None:
    screen = OverviewScreen(Theme(LIGHT))
    qtbot.addWidget(screen)
    OverviewPresenter(screen, small_review).show()
    assert screen.funnel_button("death") is not screen.funnel_button("bleeding")
    with qtbot.waitSignal(screen.funnel_chosen) as chosen:
        screen.funnel_button("bleeding").click()
    assert chosen.args == ["bleeding"]


def test_nothing_counted_shows_no_figure() -> None:
    card = shown(emptied_review("risk.death")).outcomes[0]
    assert card.figures == ()
    assert "No ratio, limits or position can be given." in card.account


def test_an_average_is_no_count() -> None:
    card = shown(varied_review(kind="continuous")).outcomes[0]
    assert card.figures == (("0.03", "your average"),)
    assert card.funnel is None
    assert card.footnote == "no case left out"


def test_an_unsigned_file_is_said_once_with_its_digest() -> None:
    review = made_up_review()
    unsigned = TrustVerdict(TrustState.UNSIGNED, "The file carries no signature.")
    extract = replace(review.extract, verdict=unsigned, digest="ab" * 32)
    about = shown(replace(review, extract=extract)).side[-1]
    assert about.footnote.startswith("Not signed by the audit.")
    assert about.footnote.endswith("abababab " * 7 + "abababab")
    assert shown(review).side[-1].footnote == ""


def test_findings_lead_to_the_records(qtbot: QtBot, fonts: None) -> None:
    review = emptied_review("risk.death")
    card = shown(review).side[0]
    assert card.rows[1] == ("Findings to check", str(len(review.findings)))
    assert card.to_records
    screen = OverviewScreen(Theme(LIGHT))
    qtbot.addWidget(screen)
    OverviewPresenter(screen, review).show()
    check = [one for one in screen.findChildren(QPushButton) if one.text() == "Check my records"]
    with qtbot.waitSignal(screen.records_chosen):
        check[0].click()


@pytest.fixture
def dressed(qapp: QApplication, fonts: None) -> Iterator[None]:
    """The application in its own look."""
    apply_theme(qapp, Theme(LIGHT))
    yield None
    qapp.setStyleSheet("")


def test_the_position_stands_beside_the_figures_in_every_card(
    qtbot: QtBot, dressed: None, small_review: Review
) -> None:
    screen = OverviewScreen(Theme(LIGHT))
    qtbot.addWidget(screen)
    OverviewPresenter(screen, small_review).show()
    screen.resize(1440 - RAIL - SCROLL_BAR, 900)
    with qtbot.waitExposed(screen):
        screen.show()
    chips = screen.findChildren(ChipWidget)
    assert len(chips) == 2
    for chip in chips:
        card = chip.parentWidget()
        assert card is not None
        figures = card.findChildren(KeyFigureWidget)
        assert len(figures) == 2
        assert {figure.geometry().bottom() for figure in figures} == {chip.geometry().bottom()}
