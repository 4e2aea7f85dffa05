"""The tour of the example: offered once, led by keys, and never again unless asked."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.charts.palette import LIGHT
from core.flow import Review
from core.sealing.trust import TrustState, TrustVerdict
from desktop.app import Plumbline
from desktop.preferences import Preferences
from desktop.theme import Theme
from desktop.tour import STEPS
from desktop.widgets.tour_card import _beside
from tests.desktop.made_up import made_up_review


@pytest.fixture
def plumbline(qtbot: QtBot, fonts: None, small_review: Review) -> Iterator[Plumbline]:
    made = Plumbline(Theme(LIGHT), preferences=Preferences())
    qtbot.addWidget(made.window)
    with qtbot.waitExposed(made.window):
        made.window.show()
    made.show_review(small_review)
    yield made
    made.shutdown()


def begins(card: QWidget, words: str) -> bool:
    return card.accessibleName().startswith(words)


def test_the_tour_is_offered_once_and_led_by_keys(
    qtbot: QtBot, plumbline: Plumbline, small_review: Review
) -> None:
    banner = plumbline.window.banner
    assert banner.isVisible()
    assert banner.offers
    qtbot.mouseClick(banner.button, Qt.MouseButton.LeftButton)
    tour = plumbline.ways.tour
    assert tour is not None
    for number, step in enumerate(STEPS, start=1):
        start = f"{number} of {len(STEPS)}. {step.title}"
        qtbot.waitUntil(partial(begins, tour.card, start), timeout=30_000)
        assert plumbline.window.shown == step.screen
        assert tour.card.next.hasFocus()
        assert plumbline.window.rect().contains(tour.card.geometry())
        assert tour.card.ring.isVisible()
        qtbot.keyClick(tour.card.next, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: not tour.card.isVisible())
    assert not tour.card.ring.isVisible()
    assert plumbline.preferences.values.toured
    plumbline.show_review(small_review)
    assert not plumbline.window.banner.isVisible()


def test_escape_ends_the_tour_for_good(qtbot: QtBot, plumbline: Plumbline) -> None:
    plumbline.ways.act("tour")
    tour = plumbline.ways.tour
    assert tour is not None
    qtbot.waitUntil(tour.card.isVisible)
    qtbot.keyClick(tour.card.next, Qt.Key.Key_Escape)
    assert not tour.card.isVisible()
    assert plumbline.preferences.values.toured


def test_declining_the_tour_is_kept(plumbline: Plumbline) -> None:
    banner = plumbline.window.banner
    (close,) = [
        one for one in banner.findChildren(QPushButton) if one.accessibleName().startswith("Close")
    ]
    close.click()
    assert plumbline.preferences.values.toured
    assert plumbline.ways.tour is None


def test_no_tour_is_offered_on_a_real_file(qtbot: QtBot, fonts: None, plumbline: Plumbline) -> None:
    review = made_up_review()
    verdict = TrustVerdict(TrustState.VERIFIED, "The audit signed it.")
    real = replace(review, extract=replace(review.extract, verdict=verdict))
    plumbline.show_review(real)
    assert not plumbline.window.banner.isVisible()


def test_the_card_of_a_step_covers_neither_its_part_nor_what_stands_beside_it() -> None:
    card, room = QRect(0, 0, 380, 250), QRect(0, 0, 1440, 900)
    chart, at_right = QRect(240, 180, 780, 430), QRect(1040, 80, 330, 800)
    placed = QRect(_beside(chart, card, room), card.size())
    assert room.contains(placed)
    assert not placed.intersects(at_right)
    assert not placed.intersects(chart)
