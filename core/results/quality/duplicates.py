"""Cases entered twice, and cases that look like the same operation entered twice."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.extract.manifest import Manifest
from core.results.quality.finding import Finding, Mask, dates, positions
from core.results.wording import cases as cases_in_words

NEAR_DAYS = 7
NEARLY_UNIQUE = 0.9
Keys = NDArray[np.uint64]


def duplicates(cases: pd.DataFrame, manifest: Manifest) -> Iterator[Finding]:
    """Yield the exact repeats, and the near ones among all others."""
    if len(cases) < 2:
        return
    digests = {str(name): _digest(cases[name]) for name in cases if name != "case_id"}
    whole = _together(digests)
    if not _tells_apart(whole):
        return
    repeats = _repeats(whole)
    if repeats.any():
        yield Finding(
            code="duplicate",
            severity="high",
            query="duplicate",
            rows=positions(np.isin(whole, whole[repeats])),
            doubtful=positions(repeats),
            message=(
                f"{_cases(repeats, 'agrees', 'agree')} in every field with an earlier case; the "
                "same operation may have been entered twice."
            ),
        )
    yield from _near(cases, _near_keys(manifest, digests), repeats)


def _near(cases: pd.DataFrame, keys: list[Keys], repeats: Mask) -> Iterator[Finding]:
    near, later = np.zeros((2, len(cases)), dtype=bool)
    all_days = dates(cases, "operated_on")
    for key in keys:
        rows = positions(pd.Series(key).duplicated(keep=False).to_numpy() & ~repeats)
        days, own = all_days[rows], key[rows]
        order = np.lexsort((days, own))
        same = own[order][1:] == own[order][:-1]
        close = same & (np.diff(days[order]) <= np.timedelta64(NEAR_DAYS, "D"))
        later[rows[order[1:][close]]] = True
        near[rows[order[:-1][close]]] = True
    if later.any():
        yield Finding(
            code="near_duplicate",
            severity="medium",
            query="duplicate",
            rows=positions(near | later),
            doubtful=positions(later),
            message=(
                f"{_cases(later, 'resembles', 'resemble')} another within {NEAR_DAYS} days: it may "
                "be a second operation, or one operation entered twice."
            ),
        )


def _near_keys(manifest: Manifest, digests: dict[str, Keys]) -> list[Keys]:
    """The patient, where a field tells patients apart; or all but the dates and one number."""
    patient = [
        field.name
        for field in manifest.fields
        if field.identifying
        and field.type in ("text", "code")
        and _tells_apart(digests[field.name])
    ]
    if patient:
        return [digests[name] for name in patient]
    types = {field.name: field.type for field in manifest.fields}
    numbers = [name for name, kind in types.items() if kind in ("number", "integer")]
    if not numbers:
        return []
    moving = {"operated_on", *(name for name, kind in types.items() if kind == "date")}
    moving |= {name for name in digests if name.startswith(("risk.", "expected."))}
    fixed = {name: digest for name, digest in digests.items() if name not in moving}
    whole = _together(fixed)
    keys = [whole - _together({name: fixed[name]}) for name in numbers]
    return [key for key in keys if _tells_apart(key)]


def _digest(column: pd.Series) -> Keys:
    values = column.to_numpy()
    if values.dtype.kind == "f":
        values = np.where(np.isnan(values), np.nan, values + 0.0)
    elif values.dtype.kind != "M":
        values = column.astype(object).where(column.notna(), None).to_numpy()
    return pd.util.hash_array(values)


def _together(digests: dict[str, Keys]) -> Keys:
    """64-bit digests of whole rows: the columns' digests, each times an odd number of its own."""
    size = len(next(iter(digests.values()))) if digests else 0
    total = np.zeros(size, dtype=np.uint64)
    names = pd.util.hash_array(np.array([*digests], dtype=object)) | np.uint64(1)
    for digest, odd in zip(digests.values(), names, strict=True):
        total += digest * odd
    return total


def _tells_apart(keys: Keys) -> bool:
    """Whether nearly every case has a key of its own; else agreement means nothing."""
    return len(pd.unique(keys)) >= NEARLY_UNIQUE * len(keys)


def _repeats(keys: Keys) -> Mask:
    return pd.Series(keys).duplicated().to_numpy(dtype=bool)


def _cases(mask: Mask, one: str, many: str) -> str:
    number = int(mask.sum())
    return f"{cases_in_words(number)} {one if number == 1 else many}"
