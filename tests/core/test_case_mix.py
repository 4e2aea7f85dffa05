"""Own risks against the nation, and the recalibration taken back."""

from datetime import date

import numpy as np
import pytest
from scipy.special import expit, logit

from core.extract.manifest import National, RecalibrationStep
from core.results.case_mix import as_published, case_mix
from core.results.inclusion import include
from tests.core.test_results import UNTIL, cases, outcome

STEP = RecalibrationStep(intercept=0.3, slope=0.9, date=date(2026, 1, 1), source="made up")
RISKS = np.array([0.01, 0.05, 0.4])


def mixed(**changes):
    own = outcome(**changes)
    return case_mix(own, include(cases(RISKS, [0, 1, 1]), own, UNTIL))


def test_published_risks_are_those_before_the_stated_step():
    used = expit(0.3 + 0.9 * logit(RISKS))
    found = as_published(outcome(recalibration=STEP, risk_source="a_model"), used)
    assert found == pytest.approx(RISKS)


def test_a_supplied_survival_was_recalibrated_as_survival():
    own = outcome(recalibration=STEP, direction="favourable")
    survival = expit(0.3 + 0.9 * logit(1 - RISKS))
    assert as_published(own, 1 - survival) == pytest.approx(RISKS)


def test_the_nation_is_known_only_by_its_percentiles():
    percentiles = tuple(index / 1000 for index in range(1, 100))
    nation = National(cases=100, observed=5, expected=5.0, risk_percentiles=percentiles)
    found = mixed(national=nation)
    assert found.national_median == pytest.approx(0.05)
    assert [edge for edge, _, _ in found.high] == [0.05, 0.1, 0.2]
    assert found.high[0][2] == pytest.approx(0.5)
    assert mixed().high[0][2] is None


def test_the_riskiest_come_first_and_one_outcome_alone_has_no_auc():
    assert mixed().riskiest.tolist() == [2, 1, 0]
    own = outcome()
    assert case_mix(own, include(cases(RISKS, [0, 0, 0]), own, UNTIL)).auc is None
