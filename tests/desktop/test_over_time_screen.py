"""The screen over time: both charts are in view at once beside longer cards."""

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.flow import Review
from desktop.jobs import JobRunner
from desktop.screens.over_time.view import build
from tests.desktop.on_desk import session


@pytest.mark.parametrize(("width", "height"), [(1232, 836), (1700, 1000)])
def test_both_charts_are_in_view_at_once(
    qtbot: QtBot, fonts: None, small_review: Review, runner: JobRunner, width: int, height: int
) -> None:
    screen = build(session(small_review, runner))
    qtbot.addWidget(screen)
    screen.resize(width, height)
    with qtbot.waitExposed(screen):
        screen.show()
    beside = QLabel()
    beside.setFixedHeight(3000)
    screen.show_cards(beside)
    qtbot.waitUntil(beside.isVisible)
    qtbot.waitUntil(lambda: screen.chart.geometry().bottom() < height)
    assert screen.chart.height() >= screen.chart.minimumSizeHint().height()
