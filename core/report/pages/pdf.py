"""A document to PDF: tagged, archival, fonts embedded, its evidence inside."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib as mpl
import msgspec

from core.assets import asset, font_files
from core.errors import DocumentTooLargeError
from core.report import evidence
from core.report.pages.document import (
    Block,
    Document,
    Facts,
    Grid,
    Paragraph,
    Picture,
    Points,
    Section,
)
from core.typeset import page_pictures, typeset

TEMPLATE = "report/document.typ"
LARGEST = 9 * 1024 * 1024
"""What the smaller of the usual portals takes in all."""
SHORT, LONG, LINE = 18, 70, 100
"""Letters of a column that is never broken, of the longest that counts, and of a whole line."""
WHOLE = 1400
"""Facts of at most so many letters stay together on one page."""
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef"
    "\ufeff\ufffe\uffff]"
)
"""Controls, marks that turn the reading order round, halves of letters and what is no letter."""


@dataclass(slots=True)
class _Parts:
    """The pictures met on the way, as files for the template."""

    files: dict[str, bytes]


def pdf_bytes(document: Document, attachments: bytes | None = None) -> bytes:
    """Return the document as PDF/UA-1 and PDF/A-3a (as declared), with its evidence inside.

    The same arguments give the same bytes. Raises DocumentTooLargeError above 9 MB.
    """
    parts = _Parts({})
    data = _as_data(document, parts)
    data["attachment"] = None
    if attachments is not None:
        parts.files[evidence.NAME] = attachments
        data["attachment"] = evidence.NAME
    made = typeset(asset(TEMPLATE), _json(data), parts.files, _font_folders(), document.made_at)
    if len(made) > LARGEST:
        raise DocumentTooLargeError(f"The document would be {len(made) / 1024 / 1024:.1f} MB.")
    return made


def page_pngs(document: Document, ppi: float) -> tuple[bytes, ...]:
    """Return the pages of the document as PNG, for looking at before it is made."""
    parts = _Parts({})
    data = _json(_as_data(document, parts) | {"attachment": None})
    template = asset(TEMPLATE)
    return page_pictures(template, data, parts.files, _font_folders(), document.made_at, ppi)


def _font_folders() -> tuple[Path, ...]:
    return font_files()[0].parent, Path(mpl.get_data_path()) / "fonts" / "ttf"


def printable(text: str) -> str:
    """Return the text with every sign that cannot be printed, or misleads, as a visible �."""
    return UNPRINTABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\t", "    "))


def _json(data: Mapping[str, Any]) -> bytes:
    return msgspec.json.encode(data)


def _as_data(document: Document, parts: _Parts) -> dict[str, Any]:
    return {
        "title": printable(document.title),
        "subtitle": printable(document.subtitle),
        "banner": printable(document.banner),
        "footer": printable(document.footer),
        "author": printable(document.author),
        "description": printable(document.portal_words),
        "sections": [_section(section, parts) for section in document.sections],
    }


def _section(section: Section, parts: _Parts) -> dict[str, Any]:
    return {
        "heading": printable(section.heading),
        "level": section.level,
        "new_page": section.new_page,
        "blocks": [_block(block, parts) for block in section.blocks],
    }


def _block(block: Block, parts: _Parts) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {"kind": "paragraph", "text": printable(block.text), "style": block.style}
        case Points():
            return {"kind": "points", "items": [printable(item) for item in block.items]}
        case Facts():
            return _facts(block)
        case Grid():
            return _grid(block)
        case Picture():
            return _picture(block, parts)


def _facts(facts: Facts) -> dict[str, Any]:
    pairs = [[printable(name), printable(value)] for name, value in facts.pairs]
    return {"kind": "facts", "pairs": pairs, "long": len("".join(map("".join, pairs))) > WHOLE}


def _grid(grid: Grid) -> dict[str, Any]:
    return {
        "kind": "grid",
        "caption": printable(grid.caption),
        "headings": [printable(heading) for heading in grid.headings],
        "rows": [[printable(cell) for cell in row] for row in grid.rows],
        "numeric": list(grid.numeric),
        "widths": _widths(grid),
    }


def _widths(grid: Grid) -> list[float]:
    """Share the width by the longest cell of each column: short columns whole, long ones less."""
    lines = [grid.headings, *grid.rows]
    longest = [max(_length(line[index]) for line in lines) for index in range(len(lines[0]))]
    headings = [max(map(len, heading.split() or [""])) for heading in grid.headings]
    wanted = [
        min(max(width + 2, word + 4, 8), LONG)
        for width, word in zip(longest, headings, strict=True)
    ]
    long = sum(width for width in wanted if width > SHORT)
    share = min((LINE - sum(wanted) + long) / max(long, 1), 1)
    return [float(width if width <= SHORT else max(width * share, SHORT)) for width in wanted]


def _length(cell: str) -> int:
    return max(map(len, cell.split("\n")))


def _picture(picture: Picture, parts: _Parts) -> dict[str, Any]:
    name = f"picture-{len(parts.files)}.svg"
    parts.files[name] = picture.svg
    return {
        "kind": "picture",
        "file": name,
        "alternative": printable(picture.alternative),
        "caption": printable(picture.caption),
        "share": picture.share,
    }
