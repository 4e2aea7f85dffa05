"""One theme for every widget: the palette, the type sizes and the fonts behind them."""

from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

import fontpkg_atkinson_hyperlegible as atkinson
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from core.charts.palette import DARK, LIGHT, Palette
from desktop.settings import LARGEST, SMALLEST
from desktop.stylesheet import style_sheet

BEHIND = "DejaVu Sans"


@dataclass(frozen=True, slots=True)
class Theme:
    """The palette in use, the text size (1.0 is 15 px), and whether nothing may move."""

    palette: Palette
    scale: float = 1.0
    still: bool = False

    def px(self, size: float) -> int:
        """Return a length in pixels at this text size."""
        return round(size * self.scale)

    def resized(self, scale: float) -> "Theme":
        """Return the same theme at another text size, within what the layout bears."""
        return replace(self, scale=min(max(scale, SMALLEST), LARGEST))


def palette_for(look: str) -> Palette:
    """Return the palette of a look in the settings; any but light and dark is the system's."""
    return {"light": LIGHT, "dark": DARK}.get(look) or system_palette()


def system_palette() -> Palette:
    """Return the palette of the system's colour scheme."""
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return DARK if dark else LIGHT


def load_fonts() -> None:
    """Add the shipped fonts to Qt; the one behind supplies arrows, Greek and the thin space."""
    for face in ("Regular", "Bold"):
        path = atkinson.ROOT / "files" / f"AtkinsonHyperlegible-{face}.ttf"
        QFontDatabase.addApplicationFont(str(path))
    if not QFontDatabase.hasFamily(BEHIND):
        for path in _matplotlib_fonts("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"):
            QFontDatabase.addApplicationFont(str(path))


def apply_theme(application: QApplication, theme: Theme) -> None:
    """Dress the whole application; a still one has none of Qt's effects either."""
    application.setEffectEnabled(Qt.UIEffect.UI_General, not theme.still)
    application.setFont(base_font(theme.px(15)))
    application.setPalette(qt_palette(theme.palette))
    application.setStyleSheet(style_sheet(theme.palette, theme.px))


def base_font(pixels: int) -> QFont:
    """Return the text font with tabular figures."""
    font = QFont([atkinson.FAMILY, BEHIND])
    font.setPixelSize(pixels)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def qt_palette(palette: Palette) -> QPalette:
    """Return Qt's palette for what a style sheet does not reach."""
    found = QPalette()
    for role, colour in _roles(palette).items():
        found.setColor(role, QColor(colour))
    quiet = QColor(palette.quiet)
    found.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText, quiet)
    found.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text, quiet)
    found.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText, quiet)
    return found


def _roles(palette: Palette) -> dict[QPalette.ColorRole, str]:
    role = QPalette.ColorRole
    return {
        role.Window: palette.page,
        role.WindowText: palette.ink,
        role.Base: palette.card,
        role.AlternateBase: palette.page,
        role.Text: palette.ink,
        role.PlaceholderText: palette.quiet,
        role.Button: palette.card,
        role.ButtonText: palette.ink,
        role.Highlight: palette.own,
        role.HighlightedText: palette.on_own,
        role.Link: palette.own,
        role.ToolTipBase: palette.card,
        role.ToolTipText: palette.ink,
    }


def _matplotlib_fonts(*names: str) -> list[Path]:
    """Find the fonts matplotlib ships without importing it."""
    spec = find_spec("matplotlib")
    if spec is None or spec.origin is None:
        return []
    folder = Path(spec.origin).parent / "mpl-data" / "fonts" / "ttf"
    return [folder / name for name in names]
