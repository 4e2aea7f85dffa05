"""Numbers as people type them: figures 0 to 9, and nothing that only a program would take."""

import math
import re

_COUNT = re.compile(r"[0-9]{1,18}|[0-9]{1,3}(?:[, \u00a0\u2009\u202f][0-9]{3}){1,5}")
_AMOUNT = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_NO_FIGURE = re.compile(r"[^0-9]")


def read_count(text: str) -> int:
    """Return a whole number from 0, its thousands parted or not; ValueError where it is none."""
    if not _COUNT.fullmatch(text.strip()):
        raise ValueError("not a whole number")
    return int(_NO_FIGURE.sub("", text))


def read_amount(text: str) -> float:
    """Return a finite number with a decimal point or none; ValueError where it is none."""
    bare = text.strip()
    if not _AMOUNT.fullmatch(bare) or not math.isfinite(number := float(bare)):
        raise ValueError("not a number")
    return number


def read_rate(text: str, *, per_cent: bool = False) -> float:
    """Return a rate as a fraction; `per_cent` where the text is in per cent without a sign too."""
    bare = text.strip()
    percents = per_cent or bare.endswith("%")
    number = read_amount(bare.removesuffix("%"))
    return number / 100 if percents else number
