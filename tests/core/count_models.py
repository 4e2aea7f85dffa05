"""Models of a count, and counts they allow, for the laws of the statistics."""

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

from core.statistics.counts import (
    Binomial,
    CountModel,
    NegativeBinomial,
    Poisson,
    PoissonBinomial,
)

levels = st.sampled_from([0.5, 0.8, 0.9, 0.95, 0.99, 0.998, 0.999, 0.9999])
expected_numbers = st.floats(1e-6, 1e6) | st.floats(0.01, 60)
variances = st.sampled_from([0.0, 1e-12, 1e-6, 0.001, 0.02, 0.25, 2.0])
some_risks = st.lists(st.floats(0.0005, 0.9) | st.floats(0, 1), min_size=1, max_size=60)


@st.composite
def poissons(draw: st.DrawFn) -> CountModel:
    return Poisson(draw(expected_numbers))


@st.composite
def binomials(draw: st.DrawFn) -> CountModel:
    n = draw(st.integers(1, 40) | st.integers(1, 200_000))
    return Binomial(float(n), n * draw(st.floats(1e-5, 1) | st.floats(0.01, 0.3)))


@st.composite
def negative_binomials(draw: st.DrawFn) -> CountModel:
    return NegativeBinomial(draw(expected_numbers), draw(variances))


@st.composite
def poisson_binomials(draw: st.DrawFn) -> CountModel:
    risks = np.array(draw(some_risks))
    assume(risks.sum() > 1e-6)
    return PoissonBinomial(risks)


models = poissons() | binomials() | negative_binomials() | poisson_binomials()


@st.composite
def observations(draw: st.DrawFn) -> tuple[CountModel, int]:
    """Return a model and a count it allows, most often near its limits."""
    model = draw(models)
    most = cases_of(model)
    sd = np.sqrt(float(model.mean) * (1 + 4 * getattr(model, "tau2", 0) * float(model.mean)))
    near = int(max(0.0, float(model.mean) + draw(st.floats(-5, 6)) * sd))
    return model, min(draw(st.just(near) | st.sampled_from([0, 1, 2, most])), most)


def cases_of(model: CountModel) -> int:
    return int(getattr(model, "n", 10**7))


def possible(model: CountModel, count: int) -> bool:
    if not isinstance(model, PoissonBinomial):
        return True
    return bool(np.sum(model.risks == 1) <= count <= np.sum(model.risks > 0))
