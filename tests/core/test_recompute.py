"""What follows from the manifest alone is what the records gave, by every model."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.extract.manifest import (
    IssuedFigures,
    IssuedLimit,
    Limits,
    National,
    Outcome,
    Position,
)
from core.report.recompute import flattened, known_figures
from core.report.verifying.comparison import same
from core.results.as_json import result_as_json
from core.results.measure import measure
from core.results.options import Options

DAY = date(2026, 12, 31)
NO_UNITS = pd.DataFrame({"cases": [], "observed": [], "expected": []}, dtype=float)
AGAIN = {"ratio", "crude_rate", "adjusted_rate", "national_ratio", "national_rate"}
BY_MODEL = {"exact_position", "p_upper", "p_lower", "events_to_alert", "events_to_alarm"}


def cases(risk: float, events: int) -> pd.DataFrame:
    count = 300
    risks = np.random.default_rng(1).uniform(0.2, 1.8, count) * risk
    happened = np.zeros(count)
    happened[:events] = 1
    return pd.DataFrame(
        {
            "case_id": [str(n) for n in range(count)],
            "operated_on": pd.Timestamp("2025-06-01"),
            "procedure": "A",
            "provider": "P",
            "risk.x": risks,
            "expected.x": risks,
            "outcome.x": happened,
        }
    )


def outcome(**fields: object) -> Outcome:
    national = National(cases=30_000, observed=900, expected=1000.0)
    given_fields = {"kind": "binary", "national": national, "minimum_cases": 10} | fields
    return Outcome(code="x", label="X", definition="X", **given_fields)


def issued(stated: Outcome, frame: pd.DataFrame, tau2: float | None) -> Outcome:
    """Return the outcome with totals as an audit issues them, and nothing that follows."""
    first = Outcome(
        **{name: getattr(stated, name) for name in stated.__struct_fields__ if name != "issued"},
        issued=IssuedFigures(cases=1, observed=0, expected=0.0, tau2=tau2, phi=tau2),
    )
    result = measure(first, frame, DAY, NO_UNITS)
    totals = IssuedFigures(
        cases=result.cases,
        observed=result.observed,
        expected=result.expected or 0.0,
        tau2=tau2,
        phi=tau2,
    )
    return Outcome(
        **{name: getattr(stated, name) for name in stated.__struct_fields__ if name != "issued"},
        issued=totals,
    )


@pytest.mark.parametrize("interval", ["exact", "byar"])
@pytest.mark.parametrize("events", [0, 3, 9, 25])
@pytest.mark.parametrize("centre", ["expected", "national"])
@pytest.mark.parametrize(
    ("kind", "limits", "tau2"),
    [
        ("binary", Limits(), None),
        ("binary", Limits(model="binomial"), None),
        ("binary", Limits(overdispersion="additive"), 0.01),
        ("binary", Limits(model="negative_binomial"), 0.02),
        ("binary", Limits(model="negative_binomial"), 0.0),
        ("ratio", Limits(), None),
        ("binary", Limits(levels=(0.9, 0.99)), None),
    ],
)
def test_what_follows_is_what_the_records_gave(
    kind: str, limits: Limits, tau2: float | None, centre: str, events: int, interval: str
) -> None:
    frame = cases(0.03, events)
    stated = issued(outcome(kind=kind, limits=limits, centre=centre), frame, tau2)
    result = measure(stated, frame, DAY, NO_UNITS, Options(interval=interval))
    found = flattened(result_as_json(result))
    known = known_figures(stated, interval)
    assert known.keys() >= AGAIN | BY_MODEL | {"position", "ratio_interval.lower"}
    for name, figure in known.items():
        assert same(found[name], figure.value), name


def test_own_risks_leave_their_limits_to_the_surgeon() -> None:
    frame = cases(0.03, 9)
    stated = issued(outcome(limits=Limits(model="poisson_binomial")), frame, None)
    known = known_figures(stated)
    assert known.keys() >= AGAIN
    assert not known.keys() & BY_MODEL


def test_an_unstated_spread_leaves_the_limits_to_the_surgeon() -> None:
    frame = cases(0.03, 9)
    stated = issued(outcome(limits=Limits(overdispersion="additive")), frame, None)
    assert not known_figures(stated).keys() & BY_MODEL


def test_what_the_audit_states_goes_before_what_follows() -> None:
    figures = IssuedFigures(
        cases=300,
        observed=9,
        expected=9.0,
        position="above_alarm",
        p_upper=0.5,
        limits=(IssuedLimit(level=0.95, lower=None, upper=3.0),),
    )
    known = known_figures(outcome(issued=figures))
    assert (known["position"].value, known["position"].standing) == ("above_alarm", "issued")
    assert (known["p_upper"].value, known["p_upper"].standing) == (0.5, "issued")
    assert known["limits.0.95.upper"].standing == "issued"
    assert known["limits.0.998.upper"].standing == "derived"
    assert known["observed"].value == 9


def test_without_figures_of_the_surgeon_only_the_nation_is_known() -> None:
    assert known_figures(outcome()).keys() == {"national_ratio", "national_rate"}


POSITIONS: list[Position | None] = [None, "within", "above_alert", "too_few"]


@given(
    st.integers(-5, 10**6),
    st.floats(0, 10**9),
    st.floats(0, 10**9),
    st.sampled_from(["binary", "ratio", "continuous"]),
    st.sampled_from(["poisson", "binomial", "negative_binomial", "poisson_binomial"]),
    st.sampled_from(["expected", "national"]),
    st.none() | st.floats(0, 10),
    st.sampled_from(POSITIONS),
)
def test_no_manifest_is_anything_but_an_answer(
    count: int,
    observed: float,
    expected: float,
    kind: str,
    model: str,
    centre: str,
    tau2: float | None,
    position: Position | None,
) -> None:
    figures = IssuedFigures(
        cases=count, observed=observed, expected=expected, tau2=tau2, position=position
    )
    stated = outcome(kind=kind, limits=Limits(model=model), centre=centre, issued=figures)
    assert known_figures(stated)["expected"].value == expected
