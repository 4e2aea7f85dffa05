"""Whether the parts of an extract agree with one another, beyond each being well formed."""

import re
from collections.abc import Iterator, Sequence

import msgspec
import pandas as pd

from core.errors import BadColumnError, BadManifestError, HashMismatchError
from core.extract.archive import NATIONAL, UNLISTED
from core.extract.cells import Place
from core.extract.manifest import MOST_TYPED_CASES, Exclusion, Manifest
from core.extract.schema import FIXED_CASE_COLUMNS

_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def check_manifest(manifest: Manifest) -> None:
    """Raise BadManifestError where the manifest contradicts itself."""
    outcomes = [outcome.code for outcome in manifest.outcomes]
    fields = [field.name for field in manifest.fields]
    exclusions = [exclusion.code for exclusion in manifest.exclusions]
    concerned = {code for exclusion in manifest.exclusions for code in exclusion.outcomes}
    right = {
        "two outcomes have the same code": _distinct(outcomes),
        "two fields have the same name": _distinct([*FIXED_CASE_COLUMNS, *fields]),
        "two exclusions have the same code": _distinct(exclusions),
        "an exclusion's code does not say which outcome it concerns": all(
            _says_its_outcomes(exclusion) for exclusion in manifest.exclusions
        ),
        "an exclusion names an outcome that is not declared": concerned <= set(outcomes),
        "more events than cases": not any(
            figures.observed > figures.cases
            for outcome in manifest.outcomes
            if outcome.kind == "binary"
            for figures in (outcome.national, outcome.issued, outcome.typed)
            if figures is not None
        ),
        "more typed cases than one surgeon can have": not any(
            outcome.typed is not None and outcome.typed.cases > MOST_TYPED_CASES
            for outcome in manifest.outcomes
        ),
        "it lists itself among its parts": UNLISTED.isdisjoint(manifest.files),
        "a text holds characters that cannot be seen": not any(
            _HIDDEN.search(text) for text in _texts(msgspec.to_builtins(manifest))
        ),
        "the period ends before it starts": manifest.period.start <= manifest.period.end,
        "a date lies outside the years 1900 to 2199": all(
            1900 <= day.year <= 2199
            for day in (manifest.period.start, manifest.period.end, manifest.follow_up_to)
        ),
        "labels and codes of a field are not as many": all(
            len(field.labels) in (0, len(field.allowed)) for field in manifest.fields
        ),
    }
    for words, holds in right.items():
        if not holds:
            raise BadManifestError(f"The extract's manifest contradicts itself: {words}.")


def check_rows(manifest: Manifest, name: str, table: pd.DataFrame) -> None:
    """Raise HashMismatchError where the table has not as many rows as the manifest states."""
    rows = manifest.files[name].rows
    if rows is not None and rows != len(table):
        raise HashMismatchError(f"{name} has not as many rows as the manifest states.")


def check_national(manifest: Manifest, national: pd.DataFrame) -> None:
    """Raise BadColumnError where a unit stands twice, has more events than cases, or is missing.

    Where the issuer gives units at all, the surgeon's own is among them.
    """
    again = national.duplicated(["outcome", "unit"]).to_numpy()
    Place(NATIONAL, "unit").refuse(again, "this unit stands on an earlier row too")
    counted = [outcome.code for outcome in manifest.outcomes if outcome.kind == "binary"]
    beyond = national["outcome"].isin(counted) & (national["observed"] > national["cases"])
    Place(NATIONAL, "observed").refuse(beyond.to_numpy(), "more events than cases")
    own = manifest.self_unit
    if own is not None and len(national) and own not in set(national["unit"]):
        raise BadColumnError(f"{NATIONAL}: the surgeon's own unit is missing.")


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value
        yield from _texts([*value.values()])
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)


def _says_its_outcomes(exclusion: Exclusion) -> bool:
    _, mark, outcome = exclusion.code.partition("@")
    return exclusion.outcomes == ((outcome,) if mark else ())


def _distinct(names: Sequence[str]) -> bool:
    return len(set(names)) == len(names)
