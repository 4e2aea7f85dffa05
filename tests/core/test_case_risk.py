"""Where a case's risk comes from: factors and recalibration lead to the risk the audit issued."""

import numpy as np
import pytest
from scipy.special import expit

from core.flow import Review, open_review
from core.issuing.example import example_extract
from core.results.case_risk import case_risk, factor_words
from core.results.case_words import cell_words
from core.risk.library import load_model
from core.sealing.age import Passphrase
from core.sealing.example_keys import example_trust_entry
from core.sealing.trust import TrustStore


@pytest.fixture(scope="module")
def review() -> Review:
    sealed, password = example_extract()
    store = TrustStore((example_trust_entry(),))
    return open_review(sealed, [Passphrase(password)], store, lambda done, total, label: None)


def test_factors_and_recalibration_give_the_issued_risk(review: Review) -> None:
    outcome, cases = review.extract.manifest.outcome("death"), review.extract.cases
    step, intercept = outcome.recalibration, load_model(outcome.risk_source).top.intercept
    assert step is not None
    for row in range(0, 200, 10):
        factors = case_risk(outcome, review.extract.models, cases, row).factors
        score = intercept + sum(factor.amount for factor in factors)
        risk = cases["risk.death"].iloc[row]
        if not np.isnan(risk):
            assert expit(step.intercept + step.slope * score) == pytest.approx(risk, rel=1e-9)
            assert all(factor_words(factor).startswith("odds × ") for factor in factors)


def test_a_case_without_a_risk_says_why(review: Review) -> None:
    outcome, cases = review.extract.manifest.outcome("death"), review.extract.cases
    row = int(np.flatnonzero(cases["lv"].isna())[0])
    found = case_risk(outcome, review.extract.models, cases, row)
    assert found.factors == ()
    assert "there is no risk: " in found.said[0]
    assert "missing" in found.said[0]


def test_a_supplied_risk_says_so(review: Review) -> None:
    outcome = review.extract.manifest.outcome("return_bleeding")
    found = case_risk(outcome, review.extract.models, review.extract.cases, 0)
    assert found.said == ("The audit supplied this risk; the extract does not say how.",)


def test_fields_in_words(review: Review) -> None:
    fields = {field.name: field for field in review.extract.manifest.fields}
    case = review.extract.cases.iloc[0]
    words = {name: cell_words(fields[name], case[name]) for name in fields}
    assert words["age"] == "67\u202fyears"
    assert words["renal"] == "creatinine clearance 50 to 85 ml/min"
    assert words["female"] == "yes"
    assert words["admitted_on"] == "2 April 2023"
    assert words["died_on"] == "not recorded"
