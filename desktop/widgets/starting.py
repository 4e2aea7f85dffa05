"""What the window shows until its first screen stands."""

from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from core.charts.palette import DARK, LIGHT, Palette
from desktop.translation import tr

RAIL = 208
MIDDLE = 128


class StartingWidget(QWidget):
    """The rail and the page, empty, in the colours to come, and a word on what goes on."""

    def __init__(self, look: str) -> None:
        super().__init__()
        palette = _palette(look)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        rail = _coloured(QWidget(), palette.rail, palette.rail_text)
        rail.setFixedWidth(RAIL)
        page = QLabel(tr("Plumbline is starting"))
        page.setMargin(40)
        row.addWidget(rail)
        row.addWidget(_coloured(page, palette.page, palette.quiet), 1)


def _palette(look: str) -> Palette:
    """Take the look of the settings; any but light and dark is that of the system's windows."""
    if look in {"light", "dark"}:
        return DARK if look == "dark" else LIGHT
    window = QGuiApplication.palette().window().color()
    return DARK if window.lightness() < MIDDLE else LIGHT


def _coloured(part: QWidget, ground: str, text: str) -> QWidget:
    colours = QPalette(QColor(ground))
    colours.setColor(QPalette.ColorRole.WindowText, QColor(text))
    part.setPalette(colours)
    part.setAutoFillBackground(True)
    return part
