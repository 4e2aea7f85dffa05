"""Every screen can be used by keyboard and by a screen reader, and read in both palettes."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QTableView, QWidget
from pytestqt.qtbot import QtBot

from core.charts.palette import DARK, LIGHT, Palette
from desktop.app import Plumbline
from desktop.registry import SCREENS
from desktop.stylesheet import style_sheet
from desktop.theme import Theme, load_fonts, qt_palette
from desktop.window import OPEN
from tests.desktop.made_up import made_up_review
from tests.desktop.seen_words import low, narrow
from tests.rules.contrast import contrast

KEYS = (OPEN, *(screen.key for screen in SCREENS))
PICTURED = {"overview", "funnel", "over_time", "case_mix", "cases"}
BODY, LARGE = 4.5, 3.0


@pytest.fixture(scope="module")
def window(qapp: QApplication) -> Iterator[Plumbline]:
    qapp.setStyle("Fusion")
    load_fonts()
    made = Plumbline(Theme(LIGHT))
    made.window.show()
    made.show_review(made_up_review())
    for key in KEYS:
        made.go(key)
    yield made
    made.window.close()
    made.shutdown()


def parts(plumbline: Plumbline, key: str) -> list[QWidget]:
    plumbline.go(key)
    screen = plumbline.window.built(key)
    return [screen, *screen.findChildren(QWidget)]


def frame_parts(plumbline: Plumbline) -> list[QWidget]:
    window = plumbline.window
    found = [*window.rail.findChildren(QWidget), *window.top_bar.findChildren(QWidget)]
    return [part for part in found if isinstance(part, QWidget)]


def spoken(part: QWidget) -> str:
    text = getattr(part, "text", None)
    return part.accessibleName() or (text() if callable(text) else "")


@pytest.mark.parametrize("key", KEYS)
def test_every_control_is_named(window: Plumbline, key: str) -> None:
    controls = [
        part
        for part in (*parts(window, key), *frame_parts(window))
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisible()
    ]
    assert controls
    assert [repr(part) for part in controls if not spoken(part).strip()] == []


@pytest.mark.parametrize("key", KEYS)
def test_every_chart_and_table_is_named_and_described(window: Plumbline, key: str) -> None:
    pictures = [
        part
        for part in parts(window, key)
        if isinstance(part, QTableView) or hasattr(part, "figure")
    ]
    for part in pictures:
        assert part.accessibleName().strip(), part
        assert part.accessibleDescription().strip(), part
    assert pictures or key not in PICTURED


@pytest.mark.parametrize("key", KEYS)
def test_nothing_is_an_empty_label(window: Plumbline, key: str) -> None:
    window.window.show()
    visible = (part for part in parts(window, key) if part.isVisible())
    assert [part for part in visible if isinstance(part, QLabel) and not spoken(part)] == []


@pytest.mark.parametrize(
    ("scale", "size"), [(1.0, (1440, 900)), (1.0, (1280, 720)), (2.0, (1280, 720))]
)
def test_no_words_are_cut(
    qtbot: QtBot, window: Plumbline, scale: float, size: tuple[int, int]
) -> None:
    """Every label and every tick has the room its words need, at twice the text size too."""
    window.restyle(Theme(LIGHT, scale))
    window.window.resize(*size)
    cut = {}
    for key in KEYS:
        window.go(key)
        screen = window.window.built(key)
        qtbot.waitUntil(lambda: screen.widget().width() <= screen.viewport().width())  # noqa: B023
        qtbot.wait(30)
        cut[key] = [*narrow(screen), *low(screen)]
    assert {key: words for key, words in cut.items() if words} == {}


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_contrast(palette: Palette) -> None:
    grounds = (palette.page, palette.card, palette.tint)
    for ground in grounds:
        assert contrast(palette.ink, ground) >= BODY
        assert contrast(palette.quiet, ground) >= BODY
        assert contrast(palette.own, ground) >= BODY
    assert contrast(palette.attention, palette.attention_fill) >= BODY
    assert contrast(palette.rail_text, palette.rail) >= BODY
    assert contrast(palette.on_own, palette.own) >= BODY
    assert contrast(palette.attention, palette.card) >= BODY


RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
COLOUR = re.compile(r"(?<![-\w])(color|background|border-color|border): ?([^;]*)")


def rules(palette: Palette) -> list[tuple[str, dict[str, str]]]:
    """Return each selector of the style sheet with the colours it sets."""
    sheet = style_sheet(palette, round)
    found = []
    for selectors, body in RULE.findall(sheet):
        colours = {
            name: hexes[-1]
            for name, value in COLOUR.findall(body)
            if (hexes := re.findall(r"#[0-9A-Fa-f]{6}", value))
        }
        found += [(one.strip(), colours) for one in selectors.split(",")]
    return found


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_every_colour_of_the_style_sheet_can_be_read(palette: Palette) -> None:
    """Words on the ground their rule sets, else on every ground; what is wrong, by its border."""
    grounds = {palette.card, palette.page}
    faint = [
        (selector, colours)
        for selector, colours in rules(palette)
        if "color" in colours and not selector.startswith("#rail")
        for ground in ({colours["background"]} if "background" in colours else grounds)
        if contrast(colours["color"], ground) < BODY
    ]
    assert faint == []


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    "selector",
    [
        "QPushButton:focus",
        "QLineEdit:focus",
        "QPlainTextEdit:focus",
        "QTableView:focus",
        'QPushButton[link="true"]:focus',
        'QPushButton[primary="true"]:focus',
        'QLineEdit[wrong="true"]',
        "QLineEdit",
        "QPlainTextEdit",
        "QCheckBox::indicator",
        "QRadioButton::indicator",
    ],
)
def test_every_mark_and_focus_ring_is_seen(palette: Palette, selector: str) -> None:
    borders = [colours["border"] for name, colours in rules(palette) if name == selector]
    assert borders
    for ground in (palette.card, palette.page):
        assert all(contrast(border, ground) >= LARGE for border in borders)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_ticks_and_hints_are_seen(palette: Palette) -> None:
    checked = dict(rules(palette))
    for kind in ("QCheckBox", "QRadioButton"):
        mark = checked[f"{kind}::indicator:checked"]["background"]
        assert contrast(mark, palette.card) >= LARGE
        assert contrast(checked[f"{kind}:disabled"]["color"], palette.card) >= BODY
    hint = qt_palette(palette).placeholderText().color().name()
    assert contrast(hint, palette.card) >= BODY
