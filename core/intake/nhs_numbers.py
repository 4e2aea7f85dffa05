"""NHS numbers in a text, however they are written: told by their form and their check digit."""

import re
from collections.abc import Iterator

_WEIGHTS = range(10, 1, -1)
_MARKS = r"./·•∙‧−‐‑‒–—―\-"
_GAP = rf"[\s_,()⁄∕{_MARKS}]{{0,3}}"
_FORM = re.compile(
    rf"(?<!\d)(?:[0-9]{{3}}{_GAP}[0-9]{{3}}{_GAP}[0-9]{{3}}{_GAP}[0-9]"
    rf"|[0-9]{{6}}{_GAP}[0-9]{{4}}"
    rf"|(?<!\d[\s{_MARKS}])[0-9]{{2}}(?P<pair>[\s{_MARKS}])(?:[0-9]{{2}}(?P=pair)){{3}}[0-9]{{2}}"
    rf"(?!(?P=pair)\d)|(?<!\d[\s{_MARKS}])[0-9](?P<one>[\s{_MARKS}])(?:[0-9](?P=one)){{8}}[0-9]"
    rf"(?!(?P=one)\d))(?!\d)"
)
"""3-3-4, 6-4 (as CHI numbers begin with a birth date), pairs, and single figures."""


def is_nhs_number(cell: str) -> bool:
    """Whether ten figures pass the NHS number's check digit (modulus 11, weights 10 to 2).

    CHI numbers of Scotland and H&C numbers of Northern Ireland bear the same.
    """
    digits = [int(sign) for sign in cell if sign.isdigit()]
    if len(digits) != 10:
        return False
    check = 11 - sum(w * d for w, d in zip(_WEIGHTS, digits, strict=False)) % 11
    return digits[9] == (0 if check == 11 else check) and len(set(digits)) > 1


def is_written_as_one(cell: str) -> bool:
    """Whether a whole cell is an NHS number."""
    return bool(_FORM.fullmatch(cell)) and is_nhs_number(cell)


def nhs_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield from where to before where an NHS number stands in `text`, whose figures are 0 to 9."""
    for found in _FORM.finditer(text):
        if is_nhs_number(found.group()):
            yield found.span()
