"""A document as decided: its parts in order, each ready to be printed, none left to decide."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `style` is `plain`, `lead`, `small` or `attention`."""

    text: str
    style: str = "plain"


@dataclass(frozen=True, slots=True)
class Points:
    """A list of short points."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of a name and what it is, one a line."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: a caption, its headings, its rows, and which columns hold numbers."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: its SVG, its text alternative and its caption; `share` of the text's width."""

    svg: bytes = field(repr=False)
    alternative: str
    caption: str
    share: float = 1.0


Block = Paragraph | Points | Facts | Grid | Picture


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it; `level` counts from 1, `new_page` begins one."""

    heading: str
    blocks: Sequence[Block]
    level: int = 1
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document; `banner` is said on every page where it is not empty (FICTIONAL, say).

    `footer` names doctor, audit, period and trust state on every page. `file_name` is ASCII;
    `portal_title` and `portal_words` are to be pasted into a portal.
    """

    title: str
    subtitle: str
    banner: str
    footer: str
    made_at: datetime
    sections: tuple[Section, ...]
    file_name: str
    portal_title: str
    portal_words: str
    author: str = ""
