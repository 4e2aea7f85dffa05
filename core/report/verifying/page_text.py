"""What the pages print, as far as their own fonts tell: a disagreement is a finding.

Agreement proves nothing: a page can print a figure and be read to say another.
"""

import re
from collections.abc import Iterator
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

_PAIR = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]{4,64})>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]{4})>")
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_CHARS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_SPACE = re.compile(r"\s+")
_WORDS = re.compile(rb"\nBT\s.*?\nET\s", re.DOTALL)
"""A piece of text on a page, as our maker writes it; the drawings between are many times longer."""
_OPERATORS = "Tf Tj TJ"
Letters = dict[int, str]


def page_text(data: bytes, password: str | None = None) -> str:
    """Return the text of every page without spaces, a line for each change of font.

    Call it on what `inspect` let through.
    """
    with (
        Pdf.open(
            BytesIO(data), password=password or "", attempt_recovery=False, suppress_warnings=True
        ) as pdf,
        Pdf.new() as scratch,
    ):
        fonts: dict[tuple[int, int], Letters] = {}
        return "\n".join("".join(_page(page, scratch, fonts)) for page in pdf.pages)


def _page(page: pikepdf.Page, scratch: Pdf, fonts: dict[tuple[int, int], Letters]) -> Iterator[str]:
    letters: Letters = {}
    resources = page.resources.get(Name.Font, Dictionary())
    written = page.obj.Contents
    parts = written if isinstance(written, Array) else [written]
    drawn = b"\n".join([b"", *(part.read_bytes() for part in parts), b""])
    words = scratch.make_stream(b"\n".join(_WORDS.findall(drawn)))
    for instruction in pikepdf.parse_content_stream(words, _OPERATORS):
        operands = instruction.operands
        if str(instruction.operator) == "Tf":
            font = resources.get(str(operands[0]))
            letters = _letters(font, fonts) if font is not None else {}
            yield "\n"
        else:
            yield _SPACE.sub("", _shown(operands[0], letters))


def _shown(operand: object, letters: Letters) -> str:
    parts = operand if isinstance(operand, Array) else [operand]
    codes = b"".join(bytes(part) for part in parts if isinstance(part, String))
    pairs = (codes[place : place + 2] for place in range(0, len(codes) - 1, 2))
    return "".join(letters.get(int.from_bytes(pair), "") for pair in pairs)


def _letters(font: Object, fonts: dict[tuple[int, int], Letters]) -> Letters:
    """Return which letters the codes of a font stand for, as its own table says."""
    if font.objgen not in fonts:
        table = font.get(Name.ToUnicode)
        fonts[font.objgen] = _table(table.read_bytes()) if table is not None else {}
    return fonts[font.objgen]


def _table(source: bytes) -> Letters:
    found: Letters = {}
    for part in _CHARS.findall(source):
        for code, letters in _PAIR.findall(part):
            found[int(code, 16)] = _decoded(letters)
    for part in _RANGES.findall(source):
        for first, last, letter in _RANGE.findall(part):
            for place, code in enumerate(range(int(first, 16), int(last, 16) + 1)):
                found[code] = chr(int(letter, 16) + place)
    return found


def _decoded(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be", "replace")
