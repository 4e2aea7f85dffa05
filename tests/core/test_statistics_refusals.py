"""Numbers that no statistic takes are refused by name."""

import numpy as np
import pytest

from core.errors import BadNumberError, NoAnswerError
from core.statistics.counts import (
    Binomial,
    NegativeBinomial,
    Poisson,
    PoissonBinomial,
)
from core.statistics.intervals import (
    byar,
    clopper_pearson,
    garwood,
    negative_binomial_interval,
    poisson_binomial_interval,
    wilson,
)
from core.statistics.limits import (
    poisson_limits,
)
from core.statistics.overdispersion import (
    dersimonian_laird,
    dispersion,
    estimate_overdispersion,
    log_scores,
    square_root_scores,
)
from core.statistics.position import (
    position,
    tail_alpha,
)
from core.statistics.power import (
    doubled_odds,
)


@pytest.mark.parametrize("bad", [-1, 1.5, np.nan, np.inf, "three"])
def test_bad_counts_are_refused(bad: object) -> None:
    for use in (
        lambda: garwood(bad, 1.0, 0.95),
        lambda: byar(bad, 1.0, 0.95),
        lambda: wilson(bad, 10, 0.95),
        lambda: negative_binomial_interval(bad, 1.0, 0.1, 0.95),
        lambda: poisson_binomial_interval(bad, [0.1, 0.2], 0.95),
        lambda: position(Poisson(1.0), bad),
        lambda: square_root_scores([bad, 1], [1.0, 1.0]),
    ):
        with pytest.raises(BadNumberError):
            use()


@pytest.mark.parametrize("bad", [0, -1, np.nan, np.inf, "one"])
def test_bad_expected_numbers_are_refused(bad: object) -> None:
    for use in (
        lambda: garwood(1, bad, 0.95),
        lambda: Poisson(bad),
        lambda: NegativeBinomial(bad, 0.1),
        lambda: Binomial(10.0, bad),
        lambda: poisson_limits(bad, 0.95),
        lambda: estimate_overdispersion([1, 2], [bad, 1.0]),
    ):
        with pytest.raises(BadNumberError):
            use()


@pytest.mark.parametrize("bad", [[-0.1], [1.1], [np.nan], ["x"], [], [0.0, 0.0], [[0.1]]])
def test_bad_risks_are_refused(bad: list[object]) -> None:
    for use in (lambda: PoissonBinomial(bad), lambda: poisson_binomial_interval(0, bad, 0.95)):
        with pytest.raises(BadNumberError):
            use()


def test_other_bad_numbers_are_refused() -> None:
    for use in (
        lambda: Binomial(10.0, 11.0),
        lambda: Binomial(10.5, 1.0),
        lambda: NegativeBinomial(1.0, -0.1),
        lambda: NegativeBinomial(1.0, np.nan),
        lambda: clopper_pearson(11, 10, 0.95),
        lambda: clopper_pearson(0, 0, 0.95),
        lambda: tail_alpha(1.0),
        lambda: tail_alpha(0.0),
        lambda: tail_alpha(np.nan),
        lambda: doubled_odds([1.5]),
    ):
        with pytest.raises(BadNumberError):
            use()


def test_dispersion_without_an_answer_is_refused() -> None:
    for use in (
        lambda: estimate_overdispersion([3], [2.0]),
        lambda: dispersion(log_scores([0, 3, 4], [1.0, 2.0, 3.0]), "untrimmed"),
        lambda: dersimonian_laird([np.inf, 1.0], [1.0, 1.0]),
        lambda: estimate_overdispersion([500, 900, 700, 800, 900], np.full(5, 1e-3)),
    ):
        with pytest.raises(NoAnswerError):
            use()


def test_alpha_is_exact_in_decimal() -> None:
    assert tail_alpha(0.95) == 0.025
    assert tail_alpha(0.998) == 0.001
    assert tail_alpha(0.99999) == 0.000005
