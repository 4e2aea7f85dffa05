"""Counted cases that seem to meet one of the audit's exclusions."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from core.extract.manifest import Exclusion, Field, Manifest
from core.results.quality.finding import Finding, Mask, positions
from core.results.wording import cases as cases_in_words

SHORTEST = 4


def unmarked_exclusions(cases: pd.DataFrame, manifest: Manifest) -> Iterator[Finding]:
    """Yield the exclusions that a field names in cases which are not marked with them.

    The extract gives an exclusion's code and words, not its rule; its code is looked for in the
    procedure, among the codes of fields and as the name of a yes-or-no field.
    """
    for exclusion in manifest.exclusions:
        word = exclusion.code.partition("@")[0].casefold().replace("_", " ")
        if len(word) < SHORTEST:
            continue
        for name, met in _named(cases, manifest, word):
            found = met & ~_marked(cases, exclusion)
            if found.any():
                yield _finding(exclusion, name, found)


def _named(cases: pd.DataFrame, manifest: Manifest, word: str) -> Iterator[tuple[str, Mask]]:
    procedures = [one for one in cases["procedure"].dropna().unique() if word in one.casefold()]
    yield "procedure", cases["procedure"].isin(procedures).to_numpy()
    for field in manifest.fields:
        if field.type == "code":
            yield field.name, cases[field.name].isin(_codes(field, word)).to_numpy()
        elif field.type == "flag" and field.name.casefold().replace("_", " ") == word:
            yield field.name, (cases[field.name] == 1).to_numpy()


def _codes(field: Field, word: str) -> list[str]:
    labels = field.labels or field.allowed
    pairs = zip(field.allowed, labels, strict=True)
    return [code for code, label in pairs if word in (code.casefold(), label.casefold())]


def _marked(cases: pd.DataFrame, exclusion: Exclusion) -> Mask:
    if "excluded" not in cases:
        return np.zeros(len(cases), dtype=bool)
    marks = cases["excluded"].fillna("")
    met = [one for one in marks.unique() if exclusion.code in one.split(";")]
    return marks.isin(met).to_numpy()


def _finding(exclusion: Exclusion, name: str, found: Mask) -> Finding:
    rows = positions(found)
    number = len(rows)
    return Finding(
        code="unmarked_exclusion",
        severity="high",
        query="meets_exclusion",
        rows=rows,
        doubtful=rows,
        message=(
            f"{cases_in_words(number)} may meet an exclusion and {'is' if number == 1 else 'are'} "
            f"not marked with it. The audit’s rule: {exclusion.words}"
        ),
        field=name,
        outcome=exclusion.outcomes[0] if exclusion.outcomes else None,
    )
