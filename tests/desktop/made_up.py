"""A made-up extract for the window's tests, and the review of it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import msgspec
import numpy as np
import pandas as pd

from core.extract.manifest import (
    Audit,
    Contact,
    EventWords,
    Manifest,
    National,
    Outcome,
    Period,
    Surgeon,
)
from core.extract.opening import Extract, read_archive
from core.extract.writing import build_archive
from core.flow import Review, review
from core.sealing.trust import TrustState, TrustStore, TrustVerdict

UNITS = 120
CASES = 400


def made_up_review(events: int = 11, questions: str | None = None) -> Review:
    """Return the review of a made-up surgeon of whose 400 patients `events` died."""
    return review(_extract(events, questions), lambda done, total, label: None)


def varied_review(**changes: object) -> Review:
    """Return the made-up review with these fields of its first outcome changed."""
    extract = _extract(11, None)
    first, *others = extract.manifest.outcomes
    outcomes = (msgspec.structs.replace(first, **changes), *others)
    manifest = msgspec.structs.replace(extract.manifest, outcomes=outcomes)
    cases = extract.cases.assign(**{"expected.death": extract.cases["risk.death"]})
    return review(replace(extract, manifest=manifest, cases=cases), lambda *_: None)


def emptied_review(column: str) -> Review:
    """Return the made-up review with a column of the first outcome empty."""
    extract = _extract(11, None)
    cases = extract.cases.assign(**{column: float("nan")})
    return review(replace(extract, cases=cases), lambda *_: None)


def _extract(events: int, questions: str | None) -> Extract:
    chance = np.random.default_rng(20260401)
    cases = _cases(chance, events)
    national = pd.concat([_units(chance, code, cases) for code in ("death", "bleeding")])
    archive = build_archive(_manifest(national, questions), cases, national)
    stated = read_archive(archive, TrustStore())
    return Extract(
        manifest=stated.manifest,
        manifest_bytes=stated.manifest_bytes,
        signature=b"",
        issuer_pem=b"",
        verdict=TrustVerdict(TrustState.EXAMPLE, "The file is a made-up example."),
        cases=cases,
        national=national,
        answers=None,
        models={},
        archive=archive,
        digest="0" * 64,
    )


def _cases(chance: np.random.Generator, events: int) -> pd.DataFrame:
    days = np.sort(chance.integers(0, 1096, CASES))
    risk = chance.beta(1.2, 34, CASES)
    died = np.zeros(CASES)
    died[:events] = 1
    bled = np.zeros(CASES)
    bled[:23] = 1
    return pd.DataFrame(
        {
            "case_id": [f"C{number:04}" for number in range(CASES)],
            "operated_on": pd.Timestamp("2023-04-01") + pd.to_timedelta(days, unit="D"),
            "procedure": "CABG",
            "provider": "H1",
            "risk.death": risk,
            "outcome.death": died,
            "risk.bleeding": np.full(CASES, 0.035),
            "outcome.bleeding": bled,
        }
    )


def _units(chance: np.random.Generator, code: str, own: pd.DataFrame) -> pd.DataFrame:
    expected = chance.gamma(4.0, 3.0, UNITS) + 0.5
    frame = pd.DataFrame(
        {
            "outcome": code,
            "period": "2023-04-01/2026-03-31",
            "unit": [f"U{number:03}" for number in range(UNITS)],
            "cases": (expected / 0.034).round().astype(int),
            "observed": chance.poisson(expected),
            "expected": expected,
        }
    )
    frame.loc[0, ["cases", "observed"]] = [len(own), int(own[f"outcome.{code}"].sum())]
    frame.loc[0, "expected"] = own[f"risk.{code}"].sum()
    return frame


def _manifest(national: pd.DataFrame, questions: str | None) -> Manifest:
    return Manifest(
        format="plumbline-extract/1",
        audit=Audit(code="EXAMPLE", name="Example Cardiac Audit", organisation="Nobody"),
        series="adult",
        edition_number=3,
        level="surgeon",
        surgeon=Surgeon(name="FICTIONAL Surgeon", gmc="0000000"),
        period=Period(start=date(2023, 4, 1), end=date(2026, 3, 31)),
        follow_up_to=date(2026, 6, 30),
        issued_at=datetime(2026, 9, 1, tzinfo=UTC),
        attribution="Cases are credited to the consultant in charge.",
        outcomes=(
            _outcome(national, "death", "Death in hospital", ("death", "deaths", "died")),
            _outcome(
                national,
                "bleeding",
                "Return to theatre for bleeding",
                ("return to theatre", "returns to theatre", "went back to theatre"),
            ),
        ),
        fields=(),
        files={},
        contact=Contact(questions=questions),
        self_unit="U000",
    )


def _outcome(national: pd.DataFrame, code: str, label: str, words: tuple[str, str, str]) -> Outcome:
    rows = national[national["outcome"] == code]
    return Outcome(
        code=code,
        label=label,
        kind="binary",
        definition=f"{label}, by the audit's definition.",
        words=EventWords(event=words[0], events=words[1], happened=words[2]),
        national=National(
            cases=int(rows["cases"].sum()),
            observed=int(rows["observed"].sum()),
            expected=float(rows["expected"].sum()),
        ),
    )
