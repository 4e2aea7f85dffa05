"""Every word that is written in the window can be translated, and none is broken by it."""

import ast
from pathlib import Path

import pytest

from tests.rules.window_words import read, unmarked_phrases, wrong_places

ROOT = Path(__file__).resolve().parents[2]


def test_every_word_of_the_window_can_be_translated() -> None:
    assert wrong_places(read(ROOT / "desktop")) == []


def test_no_phrase_of_the_window_is_left_unmarked() -> None:
    """Wherever it goes: from a presenter to a view, into a table, over a signal."""
    assert unmarked_phrases(read(ROOT / "desktop")) == []


def test_a_phrase_left_unmarked_is_found() -> None:
    module = (
        '"""A docstring of the module."""\nreturn Card(title, f"{n} of your cases", tr("Sent on"))'
    )
    assert unmarked_phrases({"desktop.made_up": ast.parse(module)}) == [
        "desktop.made_up:2:  of your cases"
    ]


GOOD = """
from desktop.other import THERE, TABLE
HERE = QT_TR_NOOP("Here {name}")
ONE, OTHER = QT_TR_NOOP("One"), QT_TR_NOOP("Other")
HEADS = (QT_TR_NOOP("Case"), QT_TR_NOOP("Why"))
TextWidget(tr(HERE).format(name=name), "card-title")
QLabel(tr("Sent on {day}").format(day=day))
label.setText(f"{tr(ONE)} · {tr(OTHER)}" if words else "")
label.say(tr(THERE))
button.setText(tr(TABLE[key]))
model = [Column(tr(head), cells) for head, cells in zip(HEADS, rows)]
Action("copy", QT_TR_NOOP("Copy"), ONE)
button.setText(tr(action.label))
button.setProperty("role", "quiet words")
rail.add_foot(OPEN, tr("Open a file"), "Ctrl+O")
label.setText(f'<p style="margin:0">{words}</p>')
raise ValueError("history is of one note")
"""
OTHER = 'THERE = QT_TR_NOOP("There")\nTABLE = {"a": QT_TR_NOOP("A"), "b": QT_TR_NOOP("B")}\n'


def places(module: str) -> list[str]:
    return wrong_places({"desktop.made_up": ast.parse(module), "desktop.other": ast.parse(OTHER)})


def test_the_rule_lets_what_is_right_through() -> None:
    assert places(GOOD) == []


@pytest.mark.parametrize(
    "line",
    [
        'QLabel("Words")',
        'TextWidget("Words", "quiet")',
        'label.setText("Sent" if sent else "")',
        'label.setText(f"{n} cases")',
        'label.setToolTip("Sent: {day}".format(day=day))',
        'label.setAccessibleName("Sent " + day)',
        'super().__init__("Words")',
        'session.note("It was written.")',
        'rail.add_foot(OPEN, "Open a file", "Ctrl+O")',
        'LabelledWidget(field, "Your name")',
        'raise BadSummaryError(tr("No name."), "Type it.")',
        'BARE = "Words"\nlabel.say(BARE)',
        'BARE = "Words"\nlabel.say(tr(BARE))',
        'MARKED = QT_TR_NOOP("Words")\nlabel.say(MARKED)',
        'TABLE = {"a": QT_TR_NOOP("A"), "b": "B"}\nlabel.say(tr(TABLE[key]))',
        "from desktop.other import THERE\nlabel.say(THERE)",
        "label.say(tr(words))",
        "label.say(tr(result.sentence))",
        'label.say(tr(f"{n} cases"))',
        'label.say(tr("%d cases" % n))',
        "label.say(f\"{tr('Sent')} {day}\")",
        'label.say(tr("Case " + n))',
        'label.say(tr("{n} cases".format(n=n)))',
        'label.say(self.tr("Words"))',
        'label.say(tr("{} cases"))',
        'label.say(tr("{n:,} cases"))',
        'label.say(tr("{cases[0]} of them"))',
        'label.say(tr("{n cases"))',
        'WORDS = QT_TR_NOOP(f"{n} cases")',
        'Action("copy", "Copy", GROUP)',
        'for words in ("Sent", "Accepted"):\n    label.say(tr(words))',
    ],
)
def test_the_rule_catches(line: str) -> None:
    assert len(places(line)) >= 1, line
