"""The nation's figures against scipy's, and what they may not say."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from core.errors import NoAnswerError
from core.results.nation import nation
from core.terminal.nation import nation_words

RNG = np.random.default_rng(7)
EXPECTED = RNG.uniform(3, 20, 60)
OBSERVED = RNG.poisson(EXPECTED)
UNITS = pd.DataFrame(
    {"unit": [f"U{place}" for place in range(60)], "observed": OBSERVED, "expected": EXPECTED}
)


def test_adjusted_p_is_scipys():
    upper, lower = stats.poisson.sf(OBSERVED - 1, EXPECTED), stats.poisson.cdf(OBSERVED, EXPECTED)
    both = np.minimum(1, 2 * np.minimum(upper, lower))
    found = nation(UNITS, "U5", 1.0, (0.95, 0.998))
    assert found.own_adjusted_p == pytest.approx(stats.false_discovery_control(both)[5])
    outside = (upper < 0.025) | (lower < 0.025)
    assert (found.units, found.outside) == (60, outside.sum())
    assert found.by_chance == pytest.approx(3.0)
    assert "chance alone would on average put no more than 3.0." in nation_words(found)[0]


def test_the_own_ratio_is_drawn_towards_the_nation():
    found = nation(UNITS, "U5", 1.0, (0.95, 0.998))
    if found.own_shrunken is not None:
        raw = OBSERVED[5] / EXPECTED[5]
        assert min(raw, 1) - 0.2 < found.own_shrunken.ratio < max(raw, 1) + 0.2


def test_few_units_have_no_shrunken_ratio_and_one_has_nothing():
    assert nation(UNITS[:10], "U5", 1.0, (0.95, 0.998)).own_shrunken is None
    with pytest.raises(NoAnswerError):
        nation(UNITS[:1], "U0", 1.0, (0.95, 0.998))


def test_an_unknown_own_unit_has_no_rank_and_the_words_keep_their_place():
    found = nation(UNITS, None, 1.0, (0.95, 0.998))
    assert (found.own_rank, found.own_adjusted_p) == (None, None)
    assert "None of this changes a position." in nation_words(found)[-1]
