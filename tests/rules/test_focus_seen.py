"""Whatever holds the keyboard is seen to hold it, in both palettes."""

import re

import pytest

from core.charts.palette import DARK, LIGHT, Palette
from desktop.stylesheet import style_sheet
from tests.rules.contrast import contrast

RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
HEX = re.compile(r"#[0-9A-Fa-f]{6}")
LEAST = 3.0
RINGED = (
    "QPushButton",
    "QToolButton",
    'QPushButton[primary="true"]',
    'QPushButton[link="true"]',
    'QPushButton[title="true"]',
    'QPushButton[ask="true"]',
    "QLineEdit",
    "QPlainTextEdit",
    "QTableView",
    "QCheckBox::indicator",
    "QRadioButton::indicator",
    "#trust",
    "#chosen",
)


def borders(palette: Palette) -> dict[str, str]:
    """Return the colour of the border that each selector sets."""
    found = {}
    for selectors, body in RULE.findall(style_sheet(palette, round)):
        for line in body.split(";"):
            name, _, value = line.strip().partition(":")
            if name in {"border", "border-color"} and (colours := HEX.findall(value)):
                found |= {one.strip(): colours[-1] for one in selectors.split(",")}
    return found


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("kind", RINGED)
def test_the_ring_stands_out_from_card_and_page(palette: Palette, kind: str) -> None:
    ring = borders(palette)[f"{kind}:focus"]
    assert min(contrast(ring, ground) for ground in (palette.card, palette.page)) >= LEAST


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_ring_stands_out_in_the_rail(palette: Palette) -> None:
    assert contrast(borders(palette)["#rail QPushButton:focus"], palette.rail) >= LEAST


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("kind", ["QLineEdit", "QPlainTextEdit", "QCheckBox::indicator"])
def test_the_ring_differs_from_the_border_before(palette: Palette, kind: str) -> None:
    assert borders(palette)[f"{kind}:focus"] != borders(palette)[kind]
