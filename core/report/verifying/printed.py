"""What the evidence says the pages print: whether it is the figure beside it, and on a page."""

import re
from collections.abc import Iterator

from core.report.evidence import Evidence, Figure, OutcomeEvidence
from core.results.words import POSITION_WORDS

MOST_NAMED = 5
"""Figures told one by one; a document that another program wrote anew may lack them all."""
_NUMBER = re.compile(r"\d[\d,]*(?:\.(\d+))?")
_SPACE = re.compile(r"\s+")
_Stated = tuple[OutcomeEvidence, Figure]


def printing_findings(evidence: Evidence, text: str) -> tuple[str, ...]:
    """Return a sentence for each figure that is printed as another, or that no page prints.

    `text` is that of the pages without spaces. Many figures that no page prints are counted.
    """
    printed = list(_printed(evidence))
    others = tuple(
        f"The evidence says that the pages print “{figure.shown}” for {figure.name} "
        f"({outcome.code}), which is not its value."
        for outcome, figure in printed
        if not says(figure.shown or "", figure)
    )
    return others + _unprinted(printed, text)


def says(shown: str, figure: Figure) -> bool:
    """Whether the words `shown` are the figure's value, rounded as they are."""
    value = figure.value
    if value is None:
        return True
    if isinstance(value, str):
        return _says_word(shown, figure.name, value)
    number = _NUMBER.search(shown)
    if number is None:
        return False
    seen = float(number[0].replace(",", ""))
    half = 0.5 * 10.0 ** -len(number[1] or "") * (1 + 1e-6)
    scaled = _scaled(shown, float(value))
    if "under" in shown:
        return any(one <= seen for one in scaled)
    if "over" in shown:
        return any(one >= seen for one in scaled)
    return any(abs(one - seen) <= half for one in scaled)


def _scaled(shown: str, value: float) -> tuple[float, ...]:
    """The value on the scale that the words are on; one in 100 tells how often it is missed."""
    if "in 100" in shown:
        return (100 * (1 - value),)
    return (100 * value,) if "%" in shown else (value,)


def _says_word(shown: str, name: str, value: str) -> bool:
    if name not in ("position", "exact_position") or value not in POSITION_WORDS:
        return shown == value
    words = POSITION_WORDS[value]
    single = words.replace("both limits", "the limits").replace("alarm line", "limit")
    return shown.startswith((words, single))


def _printed(evidence: Evidence) -> Iterator[_Stated]:
    for extract in evidence.extracts:
        for outcome in extract.outcomes:
            for figure in outcome.figures if outcome.chosen else ():
                if figure.shown:
                    yield outcome, figure


def _unprinted(printed: list[_Stated], text: str) -> tuple[str, ...]:
    lacking = [one for one in printed if not _stands_in(text, one[1].shown or "")]
    named = tuple(
        f"No page prints the figure “{figure.shown}” ({outcome.code}, {figure.name}) that the "
        "evidence says it prints."
        for outcome, figure in lacking[:MOST_NAMED]
    )
    if len(lacking) == len(printed) > MOST_NAMED:
        return (
            "None of the figures could be found on the pages: another program may have written "
            "them anew, or they are other pages.",
        )
    more = len(lacking) - MOST_NAMED
    return (*named, f"No page prints {more} more figures of the evidence.") if more > 0 else named


def _stands_in(text: str, shown: str) -> bool:
    wanted = r"\n*".join(re.escape(letter) for letter in _SPACE.sub("", shown))
    return re.search(rf"(?<![\d.]){wanted}(?!\d)", text) is not None
