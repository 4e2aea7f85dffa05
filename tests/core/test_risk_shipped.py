"""What ships: every file reads, says where it is from, and is documented as it is."""

from pathlib import Path

import pytest

from core.risk.document import models_page
from core.risk.library import load_model, model_names

PAGE = Path(__file__).resolve().parents[2] / "docs" / "risk_models.md"
FIRST = {
    "nela_2020_parsimonious", "euroscore2", "sort_2014", "p_possum_mortality", "possum_morbidity",
    "possum_mortality", "possum_physiological_score", "possum_operative_score", "resect90",
    "nhfs_score", "nhfs_2012_mortality", "euroscore1_logistic", "euroscore1_additive",
    "thoracoscore", "rcs_charlson", "hfrs",
}  # fmt: skip
SINGLE_SOURCE = {
    "nela_2018_full", "pqip_colorectal_poms", "pqip_colorectal_pomsmajor", "uk_tavi_2018",
    "sort_v2_clinical_2020", "sort_morbidity_2017", "prais2", "surgical_risk_scale",
    "v_possum_full", "v_possum_physiology_only",
}  # fmt: skip


def test_what_ships_is_what_could_be_verified() -> None:
    assert set(model_names()) == FIRST | SINGLE_SOURCE


@pytest.mark.parametrize("name", model_names())
def test_the_strength_of_verification_is_told(name: str) -> None:
    expected = "single source" if name in SINGLE_SOURCE else "strong"
    assert load_model(name).about.verification == expected


def test_over_predicting_models_are_marked_historic() -> None:
    for name in ("euroscore1_logistic", "euroscore1_additive", "thoracoscore", "possum_mortality"):
        assert load_model(name).about.status == "historic"
    for name in ("sort_2014", "p_possum_mortality"):
        assert load_model(name).about.status == "stop-gap"


def test_the_page_of_models_is_up_to_date() -> None:
    page = models_page(load_model(name) for name in model_names())
    assert PAGE.read_text(encoding="utf-8") == page


def test_the_page_says_it_is_no_calculator() -> None:
    assert "no calculator for patients being treated" in PAGE.read_text(encoding="utf-8")
