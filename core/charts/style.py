"""How every chart looks: fonts, axes and bytes; one style for screen, PDF, PNG and SVG."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, Literal

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from core.assets import font_files
from core.charts.palette import Palette

FAMILIES = ["Atkinson Hyperlegible", "DejaVu Sans"]
SMALL = 9.0
BASE = 10.0
Format = Literal["png", "svg", "pdf"]


@contextmanager
def styled(palette: Palette) -> Iterator[None]:
    """Draw within Plumbline's type and colours, leaving matplotlib's settings as they were."""
    register_fonts()
    settings: dict[Any, Any] = {
        "font.family": FAMILIES,
        "font.size": BASE,
        "text.parse_math": False,
        "text.color": palette.ink,
        "axes.labelcolor": palette.quiet,
        "axes.labelsize": BASE,
        "axes.edgecolor": palette.line,
        "axes.facecolor": palette.card,
        "figure.facecolor": palette.card,
        "xtick.color": palette.quiet,
        "ytick.color": palette.quiet,
        "xtick.labelsize": SMALL,
        "ytick.labelsize": SMALL,
        "grid.color": palette.line,
        "grid.linewidth": 0.8,
    }
    with mpl.rc_context(settings):
        yield


@cache
def register_fonts() -> None:
    """Make the shipped fonts known to matplotlib, once."""
    for path in font_files():
        font_manager.fontManager.addfont(str(path))


def plain_axes(figure: Figure) -> Axes:
    """Return the one calm axes of a figure."""
    return calm(figure.add_subplot())


def calm(axes: Axes) -> Axes:
    """Return the axes without frame and tick marks, on a faint grid."""
    axes.set_axisbelow(True)
    axes.grid(visible=True)
    axes.tick_params(length=0, pad=6)
    for side in axes.spines.values():
        side.set_visible(False)
    return axes


def render(figure: Figure, kind: Format, dpi: float = 200) -> bytes:
    """Return the figure's bytes; the same figure gives the same bytes."""
    buffer = io.BytesIO()
    metadata = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}.get(kind, {})
    settings: dict[Any, Any] = {
        "svg.hashsalt": "plumbline",
        "svg.fonttype": "path",
        "pdf.fonttype": 42,
    }
    with mpl.rc_context(settings):
        figure.savefig(buffer, format=kind, dpi=dpi, metadata=metadata)
    return buffer.getvalue()
