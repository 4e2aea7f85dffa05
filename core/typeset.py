"""The only caller of typst: a template, its data and files in, an accessible archival PDF out."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Literal

import typst

STANDARDS: list[Literal["ua-1", "a-3a"]] = ["ua-1", "a-3a"]
"""Declared by the maker; only an independent checker can validate them."""
MAIN, DATA = "main.typ", "data.json"


def typeset(
    template: bytes,
    data: bytes,
    files: Mapping[str, bytes],
    font_folders: Sequence[Path],
    made_at: datetime,
) -> bytes:
    """Return the PDF of `template`, which reads `data` (JSON) as data.json, and `files` by name.

    No package, network, system font or file of the disk is within its reach. The same arguments
    give the same bytes. Raises typst.TypstError where the template is wrong, which is a bug.
    """
    compiler = _compiler(template, data, files, font_folders)
    pdf = compiler.compile(format="pdf", pdf_standards=list(STANDARDS), timestamp=made_at)
    assert isinstance(pdf, bytes)
    return pdf


def page_pictures(
    template: bytes,
    data: bytes,
    files: Mapping[str, bytes],
    font_folders: Sequence[Path],
    made_at: datetime,
    ppi: float,
) -> tuple[bytes, ...]:
    """Return the pages as PNG with `ppi` dots an inch: the same pages as the PDF's."""
    compiler = _compiler(template, data, files, font_folders)
    pages = compiler.compile(format="png", ppi=ppi, timestamp=made_at)
    return (pages,) if isinstance(pages, bytes) else tuple(page for page in pages or () if page)


def _compiler(
    template: bytes, data: bytes, files: Mapping[str, bytes], font_folders: Sequence[Path]
) -> typst.Compiler:
    sources = {MAIN: template, DATA: data, **files}
    return typst.Compiler(
        sources,  # type: ignore[type-var]
        font_paths=_fonts(tuple(map(str, font_folders))),
        ignore_system_fonts=True,
    )


@cache
def _fonts(folders: tuple[str, ...]) -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders)
    )
