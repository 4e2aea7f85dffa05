"""Fields that are typed in: days that are no day, and boxes that stay where they are."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QWidget
from pytestqt.qtbot import QtBot

from core.charts.palette import DARK, LIGHT, Palette
from desktop.theme import Theme, apply_theme
from desktop.widgets.autosave import AutosaveWidget
from desktop.widgets.day_field import DayWidget
from desktop.widgets.secret import NewPassphraseWidget


@pytest.fixture(params=[1.0, 2.0])
def dressed(request: pytest.FixtureRequest, qapp: QApplication, fonts: None) -> Iterator[None]:
    """The application in its own look, at two text sizes."""
    apply_theme(qapp, Theme(LIGHT, request.param))
    yield None
    qapp.setStyleSheet("")


def test_no_day_is_said_in_words_and_stays_until_it_is_mended(qtbot: QtBot) -> None:
    field = DayWidget("Due by")
    qtbot.addWidget(field)
    told: list[date | None] = []
    field.settled.connect(told.append)
    QTest.keyClicks(field.field, "31/02/2027")
    field.flush()
    assert "not saved" in field.wrong.accessibleName()
    assert not field.wrong.isHidden()
    assert field.field.accessibleDescription() == field.wrong.accessibleName()
    assert field.unsaved
    field.show_day(None)
    assert field.field.text() == "31/02/2027"
    assert told == []
    field.field.setText("28/02/2027")
    field.flush()
    assert told == [date(2027, 2, 28)]
    assert field.wrong.isHidden()
    assert field.field.accessibleDescription() == ""


def test_a_day_of_another_thing_takes_the_place_of_what_is_no_day(qtbot: QtBot) -> None:
    field = DayWidget("Due by")
    qtbot.addWidget(field)
    field.field.setText("31/02/2027")
    field.flush()
    field.replace_day(None)
    assert field.field.text() == ""
    assert field.wrong.isHidden()


def test_a_box_of_text_does_not_jump_at_the_first_key(qtbot: QtBot, dressed: None) -> None:
    box = AutosaveWidget("Note")
    qtbot.addWidget(box)
    before = box.height()
    with qtbot.waitExposed(box):
        box.show()
    box.setFocus()
    QTest.keyClicks(box, "a")
    assert box.height() == before


def test_the_word_on_a_passphrase_moves_nothing(qtbot: QtBot, dressed: None) -> None:
    card = NewPassphraseWidget(lambda _: "Short: at least 12 letters.", "New", "Again")
    room = QWidget()
    qtbot.addWidget(room)
    card.setParent(room)
    card.resize(900, card.sizeHint().height())
    with qtbot.waitExposed(room):
        room.show()
    before = card.second.y()
    QTest.keyClicks(card.first.field, "short")
    QApplication.processEvents()
    assert card.word
    assert card.second.y() == before


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_a_box_is_ticked_in_a_colour_that_is_seen(
    qapp: QApplication, fonts: None, palette: Palette
) -> None:
    apply_theme(qapp, Theme(palette, 2.0))
    box = QCheckBox()
    box.setChecked(True)
    picture = box.grab().toImage()
    seen = {picture.pixelColor(x, y).name() for x in range(30) for y in range(picture.height())}
    tick = QColor(palette.on_own)
    assert palette.own.lower() in seen
    assert any(_near(QColor(name), tick) for name in seen)
    qapp.setStyleSheet("")


def _near(one: QColor, other: QColor) -> bool:
    pairs = zip(one.getRgb()[:3], other.getRgb()[:3], strict=True)
    return all(abs(a - b) < 24 for a, b in pairs)
