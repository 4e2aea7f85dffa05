"""Sentences on screen: their height follows what they say, and in which font."""

from pytestqt.qtbot import QtBot

from desktop.widgets.text import ProseWidget


def test_sentences_take_the_height_of_what_they_say_now(qtbot: QtBot, fonts: None) -> None:
    prose = ProseWidget("Short.")
    qtbot.addWidget(prose)
    short = prose.heightForWidth(200)
    prose.say("So many words that they stand in more than one line of that width.")
    longer = prose.heightForWidth(200)
    font = prose.font()
    font.setPixelSize(40)
    prose.setFont(font)
    largest = prose.heightForWidth(200)
    assert short < longer < largest
    prose.say("Short.")
    assert prose.heightForWidth(200) < largest
