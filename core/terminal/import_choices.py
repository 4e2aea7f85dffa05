"""The choices of `plumb import`: what corrects a mapping, and where the national line is from."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from core.audits.profile import Profile
from core.errors import UsageError
from core.storage import read_file
from core.terminal.console import SECRET_LIMIT
from core.terminal.sources import trust_store
from core.typed_numbers import read_rate

if TYPE_CHECKING:
    from core.intake.headings import Sheet
    from core.intake.mapping import Mapping
    from core.intake.reading.foreign import ForeignTable
    from core.issuing.national_line import Pack, PublishedRates

PACK = "The benchmark pack"


def add_choices(parser: argparse.ArgumentParser) -> None:
    """Add the words that choose and correct a mapping."""
    parser.add_argument("--mapping", type=Path, metavar="M.toml", help="a saved mapping")
    parser.add_argument("--save-mapping", type=Path, metavar="M.toml")
    parser.add_argument("--surgeon", metavar="CODE", help="own code in the column of surgeons")
    parser.add_argument(
        "--assign", action="append", default=[], type=pair, metavar="TARGET=COLUMN",
        help="read a column, by heading or by place from 1, as TARGET",
    )  # fmt: skip
    parser.add_argument(
        "--code", action="append", default=[], type=pair, metavar="TARGET=TEXT=CODE",
        help="read TEXT in that column as CODE",
    )  # fmt: skip
    parser.add_argument("--date-order", choices=("day-first", "month-first"))
    parser.add_argument("--risk-scale", choices=("percent", "fraction"))
    parser.add_argument(
        "--sense", action="append", default=[], type=pair, metavar="TARGET=opposite|same",
        help="whether the column of that outcome records the opposite",
    )  # fmt: skip


def add_line(parser: argparse.ArgumentParser) -> None:
    """Add the words that give a national line."""
    parser.add_argument("--benchmark", type=Path, metavar="PACK")
    parser.add_argument("--rate", action="append", default=[], metavar="OUTCOME=RATE", type=rate)
    parser.add_argument("--rate-source", metavar="WORDS", help="where the rates were published")


def pair(text: str) -> tuple[str, str]:
    """Return what stands before and after the first `=`; a ValueError is told as usage."""
    name, sign, value = text.partition("=")
    if not name or not sign:
        raise ValueError("not NAME=VALUE")
    return name, value


def rate(text: str) -> tuple[str, float]:
    """Return outcome and rate; a ValueError is told as usage."""
    code, number = pair(text)
    value = read_rate(number)
    if not 0 <= value <= 1:
        raise ValueError("not a rate")
    return code, value


def mapped(
    table: "ForeignTable", profile: Profile, arguments: argparse.Namespace
) -> "tuple[Sheet, Mapping, tuple[str, ...]]":
    """Return the sheet, its mapping as corrected, and what was said of the table's area."""
    from core.intake.headings import sheet_of
    from core.intake.mapping_file import read_mapping
    from core.intake.matching import propose
    from core.intake.table_area import table_area

    area = table_area(table.rows)
    sheet = sheet_of(table.rows, area)
    if arguments.mapping is None:
        mapping = propose(sheet, profile)
    else:
        mapping = read_mapping(
            read_file(arguments.mapping, SECRET_LIMIT, "The mapping"), sheet, profile
        )
    return sheet, _corrected(mapping, sheet, profile, arguments), area.remarks


def national_line(
    profile: Profile, arguments: argparse.Namespace
) -> "Pack | PublishedRates | None":
    """Return where the national line comes from."""
    from core.extract.manifest import PublishedRate
    from core.issuing.national_line import open_pack

    if arguments.benchmark is not None:
        if arguments.rate:
            raise UsageError("--benchmark and --rate contradict each other.", "Give one of them.")
        return open_pack(read_file(arguments.benchmark, called=PACK), trust_store(arguments.trust))
    if arguments.rate and not arguments.rate_source:
        raise UsageError("A national rate needs its source.", "Give --rate-source.")
    codes = [rule.code for rule in profile.outcomes]
    if not {code for code, _ in arguments.rate} <= set(codes):
        raise UsageError("The audit has no such outcome.", f"It has: {', '.join(codes)}.")
    return {
        code: PublishedRate(rate=value, source=arguments.rate_source)
        for code, value in arguments.rate
    }


def _corrected(
    mapping: "Mapping", sheet: "Sheet", profile: Profile, arguments: argparse.Namespace
) -> "Mapping":
    from core.intake.mapping import assign, choose_surgeon, set_code, set_date_order, set_scale
    from core.intake.matching import guessed, surgeons_in

    for target, column in arguments.assign:
        mapping = guessed(assign(mapping, target, _place(column, sheet)), target, sheet, profile)
    for target, text in arguments.code:
        mapping = set_code(mapping, target, *_text_and_code(text))
    for found in mapping.columns:
        if arguments.date_order is not None and "date order" in found.asked:
            order = arguments.date_order.replace("-", " ")
            mapping = set_date_order(mapping, found.target, order)
        if arguments.risk_scale is not None and "scale" in found.asked:
            mapping = set_scale(mapping, found.target, arguments.risk_scale)
    for target, answer in arguments.sense:
        mapping = _turned(mapping, target, answer)
    codes = surgeons_in(sheet, mapping, profile)
    own = arguments.surgeon or (arguments.gmc if arguments.gmc in codes else None)
    return mapping if own is None else choose_surgeon(mapping, own)


def _turned(mapping: "Mapping", target: str, answer: str) -> "Mapping":
    from core.intake.mapping import set_sense

    if answer not in ("opposite", "same"):
        raise UsageError("--sense needs TARGET=opposite or TARGET=same.")
    return set_sense(mapping, target, opposite=answer == "opposite")


def _place(column: str, sheet: "Sheet") -> int:
    from core.intake.mapping import column_named

    return int(column) - 1 if column.isdecimal() else column_named(sheet, column)


def _text_and_code(text: str) -> tuple[str, str]:
    before, sign, code = text.rpartition("=")
    if not sign:
        raise UsageError("--code needs TARGET=TEXT=CODE.")
    return before, code
