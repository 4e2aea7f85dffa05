"""Where no case has a risk, each screen of charts says so in words and draws no empty axes."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.flow import Review
from core.intake.mapping import assign
from core.intake.matching import guessed, propose
from core.issuing.imported import make_extract
from desktop.jobs import JobRunner
from desktop.keeping import Keeper
from desktop.screens.case_mix.view import build as build_case_mix
from desktop.screens.funnel.view import build as build_funnel
from desktop.screens.over_time.view import build as build_over_time
from desktop.session import Session
from desktop.widgets.picture_page import PicturePageWidget
from tests.core.made_foreign import grid
from tests.core.made_import import NACSA, ORIGIN, TERMS, reviewed
from tests.desktop.on_desk import session


@pytest.fixture(scope="module")
def crude() -> Review:
    rows = [[f"{1 + at % 28:02d}/01/2024", ("No", "Yes")[at == 3]] for at in range(39)]
    sheet = grid([["Date of operation", "In-hospital death"], *rows])
    mapping = assign(propose(sheet, NACSA), "survived", 1)
    mapping = guessed(mapping, "survived", sheet, NACSA)
    return reviewed(make_extract(sheet, mapping, NACSA, ORIGIN, TERMS))


@pytest.mark.parametrize("build", [build_funnel, build_over_time, build_case_mix])
def test_words_stand_instead_of_empty_axes(
    qtbot: QtBot,
    fonts: None,
    runner: JobRunner,
    keeper: Keeper,
    crude: Review,
    build: Callable[[Session], PicturePageWidget],
) -> None:
    screen = build(session(crude, runner, keeper))
    qtbot.addWidget(screen)
    assert screen.chart.instead is not None
    said = " ".join(label.text() for label in screen.chart.instead.findChildren(QLabel))
    assert "No counted case has a predicted risk" in said
    assert "Limits" not in screen.chart.subtitle
