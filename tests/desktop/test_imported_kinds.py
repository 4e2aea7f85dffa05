"""What no audit issued is shown on every screen without a fault: imports and typed summaries."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from core.extract.manifest import PublishedRate
from core.flow import Review
from core.issuing.imported import make_extract
from core.issuing.typed_summary import TypedFigures, summary_extract
from desktop.jobs import JobRunner
from tests.core.made_foreign import nacsa_like, opened
from tests.core.made_import import NACSA, NVR, ORIGIN, TERMS, nacsa_mapping, nvr, reviewed_archive
from tests.desktop.on_desk import shown_on_every_screen

RATE = PublishedRate(rate=0.02, source="Annual report (FICTIONAL)")


def crude() -> Review:
    sheet = opened(nacsa_like())
    made = make_extract(sheet, nacsa_mapping(sheet), NACSA, ORIGIN, TERMS, {"survival": RATE})
    return reviewed_archive(made.archive)


def summary(expected: float | None, rate: float | None) -> Review:
    found = TypedFigures(400, 12, expected, rate, "Portal summary (FICTIONAL)")
    terms = replace(TERMS, start=date(2023, 4, 1), end=date(2026, 3, 31))
    return reviewed_archive(summary_extract({"aaa_death": found}, NVR, terms)[0])


KINDS: dict[str, Callable[[], Review]] = {
    "no national line": lambda: reviewed_archive(nvr().archive),
    "a published rate": lambda: reviewed_archive(nvr({"aaa_death": RATE}).archive),
    "not adjusted for risk": crude,
    "a summary": lambda: summary(10.0, 0.025),
    "a summary without a line": lambda: summary(10.0, None),
    "a crude summary": lambda: summary(None, 0.025),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_screen_shows_it(qtbot: QtBot, fonts: None, runner: JobRunner, kind: str) -> None:
    assert shown_on_every_screen(qtbot, KINDS[kind](), runner).told == []
