"""The style sheet: every colour from the palette, every length from the text size."""

from collections.abc import Callable
from dataclasses import asdict
from string import Template

from core.assets import asset_path
from core.charts.palette import Palette

_TEMPLATE = Template("""
* { outline: none; }
QWidget { color: $ink; }
QMainWindow, #page { background: $page; }
QScrollArea { background: transparent; border: none; }
#chosen { border: 2px solid transparent; border-radius: ${p8}px; }
#chosen:focus { border-color: $own; }
QToolTip { background: $card; color: $ink; border: 1px solid $line; padding: ${p6}px; }

QLabel { background: transparent; }
QLabel[role="page-title"] { font-size: ${f22}px; font-weight: 700; }
QLabel[role="card-title"] { font-size: ${f16}px; font-weight: 700; }
QLabel[role="key"] { font-size: ${f30}px; font-weight: 700; }
QLabel[role="own-key"] { font-size: ${f30}px; font-weight: 700; color: $own; }
QLabel[role="quiet"] { color: $quiet; }
QLabel[role="small"] { font-size: ${f13}px; color: $quiet; }
QLabel[role="strong"] { font-weight: 700; }
QLabel[role="attention"] { color: $attention; }
QLabel[role="link"] { color: $own; }

#card { background: $card; border: 1px solid $line; border-radius: ${p12}px; }
#hairline { background: $line; border: none; max-height: 1px; min-height: 1px; }
#sentence { background: $tint; border: none; border-left: ${p4}px solid $own;
  border-top-right-radius: ${p8}px; border-bottom-right-radius: ${p8}px; }
#reading { background: $card; border: 1px solid $quiet; border-radius: ${p6}px;
  padding: ${p4}px ${p8}px; font-size: ${f13}px; }

#number { border: 1px solid $ink; border-radius: ${p8}px; padding: 0 ${p5}px;
  font-size: ${f13}px; font-weight: 700; }
#chip { background: $card; border: 1px solid $ink; border-radius: ${p6}px;
  padding: ${p2}px ${p10}px; font-size: ${f13}px; font-weight: 700; }
#chip[attention="true"] { background: $attention_fill; border-color: $attention;
  color: $attention; }
#trust { background: $card; border: 1px solid $line; border-radius: ${p16}px;
  padding: ${p6}px ${p14}px; color: $ink; }
#trust:focus { border: 2px solid $own; padding: ${p5}px ${p13}px; }

#banner { background: $tint; border: 1px solid $own; border-radius: ${p8}px; }
#banner[wide="true"] { margin: ${p16}px 26px 0 26px; }
#banner[attention="true"] { background: $attention_fill; border-color: $attention; }
#banner[attention="true"] QLabel { color: $attention; }

#over { background: $card; border: 2px solid $own; border-radius: ${p12}px; }
#meanings { background: $page; border: 1px solid $line; border-radius: ${p8}px; }

#topbar { background: $card; border: none; border-bottom: 1px solid $line; }
#topbar QLabel[role="audit"] { font-size: ${f17}px; font-weight: 700; }

#rail { background: $rail; border: none; }
#rail QLabel { color: $rail_text; }
#rail #wordmark { font-size: ${f20}px; font-weight: 700; }
#rail #hairline { background: $rail_line; }
#rail QPushButton { color: $rail_text; background: transparent; border: 2px solid transparent;
  border-radius: ${p8}px; padding: ${p8}px ${p10}px; text-align: left; font-weight: 400; }
#rail QPushButton:hover { background: $rail_hover; }
#rail QPushButton:checked { background: $rail_chosen; font-weight: 700; }
#rail QPushButton:focus { border-color: $rail_focus; }
#rail #badge { background: $rail_chosen; color: $rail_text; font-size: ${f12}px;
  border-radius: ${p8}px; padding: ${p2}px ${p8}px; }

QPushButton, QToolButton { background: $card; color: $ink; border: 1px solid $line;
  border-radius: ${p8}px; padding: ${p8}px ${p14}px; min-height: ${p18}px; }
QPushButton:hover, QToolButton:hover { border-color: $quiet; }
QPushButton:pressed, QToolButton:pressed { background: $tint; }
QPushButton:focus, QToolButton:focus { border: 2px solid $own;
  padding: ${p7}px ${p13}px; }
QPushButton:disabled, QToolButton:disabled { color: $quiet; background: $page; }
QPushButton::menu-indicator, QToolButton::menu-indicator { image: none; width: 0; }
QPushButton[primary="true"] { background: $own; color: $on_own; border: 1px solid $own;
  font-weight: 700; }
QPushButton[primary="true"]:hover { background: $own_hover; border-color: $own_hover; }
QPushButton[primary="true"]:focus { border: 2px solid $ink; }
QPushButton[primary="true"]:disabled { background: $line; border-color: $line; color: $quiet; }
QPushButton[link="true"] { background: transparent; border: 2px solid transparent; color: $own;
  padding: ${p2}px ${p6}px ${p2}px 0; font-weight: 700; text-align: left; }
QPushButton[link="true"]:hover { text-decoration: underline; }
QPushButton[link="true"]:focus { border: 2px solid $own; padding: ${p2}px ${p6}px ${p2}px 0; }
QPushButton[title="true"] { background: transparent; border: 2px solid transparent;
  padding: 0 ${p6}px 0 0; font-size: ${f22}px; font-weight: 700; text-align: left; }
QPushButton[title="true"]:hover { color: $own; }
QPushButton[title="true"]:focus { border: 2px solid $own; padding: 0 ${p6}px 0 0; }
QPushButton[checkable="true"]:checked { border: 2px solid $own; background: $tint; }
QPushButton[ask="true"] { border-radius: ${p11}px; padding: 0; min-width: ${p22}px;
  max-width: ${p22}px; min-height: ${p22}px; max-height: ${p22}px; color: $own;
  font-weight: 700; }
QPushButton[ask="true"]:focus { border: 2px solid $own; padding: 0; }
QPushButton[ask="true"]:checked { background: $own; color: $on_own; border-color: $own; }
QPushButton[ask="true"]:checked:focus { border: 2px solid $ink; }

QMenu { menu-scrollable: 1; background: $card; border: 1px solid $line; padding: ${p6}px; }
QMenu::item { padding: ${p8}px ${p20}px; border-radius: ${p6}px; }
QMenu::item:selected { background: $tint; color: $ink; }
QMenu::item:checked { font-weight: 700; }

QLineEdit { background: $card; border: 1px solid $quiet; border-radius: ${p8}px;
  padding: ${p8}px ${p12}px; min-height: ${p20}px; selection-background-color: $own;
  selection-color: $on_own; }
QLineEdit:focus { border: 2px solid $own; padding: ${p7}px ${p11}px; }

QCheckBox { spacing: ${p8}px; }
QCheckBox::indicator { width: ${p10}px; height: ${p10}px; padding: ${p2}px;
  border: 2px solid $quiet; border-radius: ${p4}px; background: $card; }
QCheckBox::indicator:checked { background: $own; border-color: $own; image: url("$tick"); }
QCheckBox::indicator:focus { border-color: $own; }
QCheckBox:disabled { color: $quiet; }
QRadioButton { spacing: ${p8}px; }
QRadioButton::indicator { width: ${p10}px; height: ${p10}px; padding: ${p2}px;
  border: 2px solid $quiet; border-radius: ${p8}px; background: $card; }
QRadioButton::indicator:checked { background: $own; background-clip: content; }
QRadioButton:disabled { color: $quiet; }
QCheckBox:focus, QRadioButton:focus { text-decoration: underline; color: $own; }
QRadioButton::indicator:focus { border-color: $own; }

#drop { background: $card; border: 2px dashed $quiet; border-radius: ${p16}px; }
#drop[over="true"] { border-color: $own; background: $tint; }

QProgressBar { background: $line; border: none; border-radius: ${p3}px;
  min-height: ${p6}px; max-height: ${p6}px; }
QProgressBar::chunk { background: $own; border-radius: ${p3}px; }

QTableView { background: $card; border: 2px solid transparent; gridline-color: $line;
  selection-background-color: $tint; selection-color: $ink;
  alternate-background-color: $card; }
QTableView:focus { border: 2px solid $own; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QTableView::item { padding: ${p4}px ${p10}px; border-bottom: 1px solid $line; }
QHeaderView { background: $card; border: none; }
QHeaderView::section { background: $card; color: $quiet; border: none;
  border-bottom: 1px solid $quiet; padding: ${p8}px ${p10}px; font-size: ${f13}px; }
QTableCornerButton::section { background: $card; border: none; }

QLineEdit[wrong="true"] { border: 2px solid $attention; padding: ${p7}px ${p11}px; }

QPlainTextEdit { background: $card; border: 1px solid $quiet; border-radius: ${p8}px;
  padding: ${p8}px; }
QPlainTextEdit[readOnly="true"], QPlainTextEdit:disabled { background: $page; }
QPlainTextEdit:focus { border: 2px solid $own; padding: ${p7}px; }
QDialog { background: $card; }

QScrollBar:vertical { background: transparent; width: ${p12}px; margin: ${p2}px; }
QScrollBar::handle:vertical { background: $scroll; border-radius: ${p4}px;
  min-height: ${p30}px; }
QScrollBar:horizontal { background: transparent; height: ${p12}px; margin: ${p2}px; }
QScrollBar::handle:horizontal { background: $scroll; border-radius: ${p4}px;
  min-width: ${p30}px; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
  background: transparent; border: none; width: 0; height: 0; }
""")

_FONT_SIZES = (12, 13, 16, 17, 20, 22, 30)
_LENGTHS = (2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 16, 18, 20, 22, 30)


def style_sheet(palette: Palette, px: Callable[[float], int]) -> str:
    """Return the application's style sheet; `px` turns a length into pixels."""
    names: dict[str, str] = {name: str(value) for name, value in asdict(palette).items()}
    names |= {f"f{size}": str(px(size)) for size in _FONT_SIZES}
    names |= {f"p{size}": str(px(size)) for size in _LENGTHS}
    names |= {
        "tick": asset_path(f"icons/tick_{_ground(palette)}.svg").as_posix(),
        "rail_line": blend(palette.rail_text, palette.rail, 0.22),
        "rail_hover": blend(palette.rail_text, palette.rail, 0.08),
        "rail_chosen": blend(palette.rail_text, palette.rail, 0.16),
        "rail_focus": blend(palette.rail_text, palette.rail, 0.75),
        "own_hover": blend(palette.ink, palette.own, 0.15),
        "scroll": blend(palette.quiet, palette.page, 0.45),
    }
    return _TEMPLATE.substitute(names)


def blend(over: str, under: str, share: float) -> str:
    """Return the colour of `over` lying on `under` with that share of opacity."""
    pairs = zip(_channels(over), _channels(under), strict=True)
    mixed = (round(top * share + bottom * (1 - share)) for top, bottom in pairs)
    return "#" + "".join(f"{value:02X}" for value in mixed)


def _ground(palette: Palette) -> str:
    return "on_light" if sum(_channels(palette.on_own)) > sum(_channels(palette.own)) else "on_dark"


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
