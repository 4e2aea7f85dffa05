"""A picture and a table as they leave the program, each with where it is from."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from matplotlib.figure import Figure
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from core.charts.style import render

SVG = "image/svg+xml"
FORMULA = re.compile(r"[=+@]|-(?!\d)")


@dataclass(frozen=True, eq=False)
class TakenPicture:
    """A picture: `draw` makes it on white with its provenance, `words` say what is in it."""

    name: str
    draw: Callable[[], Figure]
    words: str
    provenance: tuple[str, ...]

    def image(self) -> QImage:
        """Return it as pixels."""
        return QImage.fromData(render(self.draw(), "png"))

    def text(self) -> str:
        """Return what is in it in words, and where it is from."""
        return "\n\n".join((self.name, self.words, "\n".join(self.provenance)))

    def mime(self) -> QMimeData:
        """Return it as pixels and as a drawing, in memory alone."""
        data = QMimeData()
        data.setImageData(self.image())
        data.setData(SVG, render(self.draw(), "svg"))
        return data


@dataclass(frozen=True, slots=True)
class TakenTable:
    """A table: its cells as they are shown; `warning` stands before all else."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    provenance: tuple[str, ...] = ()
    warning: str = ""

    def text(self) -> str:
        """Return it with tabs between cells; no cell can become a formula where it is pasted."""
        table = "\n".join("\t".join(map(_plain, row)) for row in (self.headings, *self.rows))
        return "\n\n".join(
            part for part in (self.warning, table, "\n".join(self.provenance)) if part
        )

    def html(self) -> str:
        """Return it as a table for a letter or a page."""
        head = "".join(f"<th align='left'>{escape(one)}</th>" for one in self.headings)
        rows = "".join(
            f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in self.rows
        )
        above = f"<p><b>{escape(self.warning)}</b></p>" if self.warning else ""
        top = f"<thead><tr>{head}</tr></thead>" if any(self.headings) else ""
        below = "".join(f"<p class='small'>{escape(line)}</p>" for line in self.provenance)
        return f"{above}<table cellpadding='3' width='100%'>{top}{rows}</table>{below}"

    def mime(self) -> QMimeData:
        """Return it for a spreadsheet and for a letter."""
        data = QMimeData()
        data.setText(self.text())
        data.setHtml(self.html())
        return data


def _plain(cell: str) -> str:
    words = " ".join(cell.split())
    return f"'{words}" if FORMULA.match(words) else words
