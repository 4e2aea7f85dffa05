"""The example: made up, said to be so, the same for a seed, and telling what it should."""

import csv
from pathlib import Path

import pandas as pd
import pytest

from core.audits.profile import parse_profile
from core.errors import WriteFailedError
from core.flow import Review, open_review
from core.intake.table import read_table
from core.issuing.edition import Edition, prepare
from core.issuing.example import (
    ISSUED_AT,
    Example,
    example_signer,
    write_example,
)
from core.issuing.example_cases import national_csv
from core.issuing.extracts import archive_of
from core.sealing.age import Passphrase
from core.sealing.example_keys import example_issuer
from core.sealing.identities import load_signer
from core.sealing.signatures import fingerprint
from core.sealing.trust import TrustState, TrustStore, parse_trust_entry

PARTS = {
    "national_cases.csv",
    "profile.toml",
    "recipients.csv",
    "trust",
    "issuer.key",
    "issuer.pem",
    "signer.p12",
    "signer-passphrase.txt",
    "passphrase.txt",
    "extracts",
}


def silent(done: int, total: int, label: str) -> None:
    """Nobody watches."""


@pytest.fixture(scope="module")
def presumed(tmp_path_factory: pytest.TempPathFactory) -> Example:
    return write_example(tmp_path_factory.mktemp("presumed"), silent, regime="presumed")


@pytest.fixture(scope="module")
def edition(example: Example) -> Edition:
    table = read_table((example.folder / "national_cases.csv").read_bytes())
    profile = parse_profile((example.folder / "profile.toml").read_bytes(), "profile.toml")
    return prepare(table, profile, example_issuer(), ISSUED_AT, silent)


def review_all(example: Example) -> list[Review]:
    trusted = (example.folder / "trust" / "example.trust.json").read_bytes()
    passphrase = (example.folder / "passphrase.txt").read_text(encoding="utf-8").splitlines()[0]
    trust = TrustStore((parse_trust_entry(trusted),))
    return [
        open_review(path.read_bytes(), [Passphrase(passphrase)], trust, silent)
        for path in example.extracts
    ]


@pytest.fixture(scope="module")
def reviews(example: Example) -> list[Review]:
    return review_all(example)


def test_every_promised_part_is_written(example: Example) -> None:
    assert {path.name for path in example.folder.iterdir()} == PARTS
    assert len(list((example.folder / "extracts").glob("*.age"))) == 6


def test_all_of_it_says_that_it_is_fictional(example: Example, reviews: list[Review]) -> None:
    rows = read_table((example.folder / "national_cases.csv").read_bytes())
    assert rows["provider"].str.contains("FICTIONAL").all()
    assert not rows["surgeon"].str.fullmatch("[0-9]+").any()
    for review in reviews:
        manifest = review.extract.manifest
        assert review.extract.verdict.state is TrustState.EXAMPLE
        for words in (manifest.audit.name, manifest.surgeon.name, manifest.series):
            assert "FICTIONAL" in words


def test_the_same_seed_gives_the_same_bytes(example: Example, edition: Edition) -> None:
    assert national_csv(2026) == (example.folder / "national_cases.csv").read_bytes()


def test_another_seed_gives_another_nation(example: Example) -> None:
    assert national_csv(7) != (example.folder / "national_cases.csv").read_bytes()


def test_the_same_table_gives_the_same_archives(edition: Edition, reviews: list[Review]) -> None:
    for review in reviews:
        assert archive_of(edition, review.extract.manifest.surgeon) == review.extract.archive


def test_the_nation_is_of_a_real_nations_size(edition: Edition) -> None:
    yearly = edition.national.surgeons.value_counts() / 3
    assert len(yearly) == 250
    assert 115 < yearly.median() < 145
    assert yearly.max() < 255
    death = edition.nation.outcomes[0].national
    assert death is not None
    assert 0.025 < death.observed / death.cases < 0.03


@pytest.mark.parametrize("outcome", [0, 1])
def test_the_recalibrated_risk_fits_the_nation(edition: Edition, outcome: int) -> None:
    national = edition.nation.outcomes[outcome].national
    assert national is not None
    assert national.observed / national.expected == pytest.approx(1, abs=0.005)


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        ("female", 0.2, 0.3),
        ("insulin_diabetes", 0.05, 0.13),
        ("previous_cardiac_surgery", 0.02, 0.07),
        ("critical_preop", 0.01, 0.05),
        ("chronic_lung_disease", 0.08, 0.16),
    ],
)
def test_risk_factors_are_about_as_common_as_in_cardiac_surgery(
    edition: Edition, name: str, least: float, most: float
) -> None:
    assert least < edition.national.cases[name].mean() < most


def test_factors_go_together(edition: Edition) -> None:
    cases = edition.national.cases
    assert cases.groupby("renal")["age"].mean()["cc_lt_50"] > cases["age"].mean() + 3
    frail = cases[cases["poor_mobility"] == 1]
    assert frail["extracardiac_arteriopathy"].mean() > cases["extracardiac_arteriopathy"].mean()


def test_the_first_surgeon_is_within_on_death_and_above_alert_on_bleeding(
    reviews: list[Review],
) -> None:
    assert reviews[0].result("death").position == "within"
    assert 395 < reviews[0].result("death").cases < 425
    assert reviews[0].result("return_bleeding").position == "above_alert"


def test_the_six_tell_different_stories(reviews: list[Review]) -> None:
    positions = [review.result("death").position for review in reviews]
    assert positions[2] == "above_alarm"
    assert positions[3] == "below_alert"
    assert positions[4] == "too_few"
    assert reviews[4].result("death").exact_position == "above_alert"
    assert positions[5] == "within"


def test_every_kind_of_left_out_case_is_there(reviews: list[Review]) -> None:
    left = reviews[0].result("return_bleeding").left_out
    assert min(left.excluded, left.follow_up_incomplete) > 0
    assert min(left.missing_outcome, left.missing_risk) > 0


def first_cases(reviews: list[Review]) -> pd.DataFrame:
    return reviews[0].extract.cases


def test_the_first_extract_holds_a_case_twice_and_one_nearly_twice(reviews: list[Review]) -> None:
    cases = first_cases(reviews).drop(columns="case_id")
    assert cases.duplicated().sum() == 1
    assert cases["record_number"].duplicated().sum() == 2


def test_the_first_extract_holds_impossible_dates_and_odd_values(reviews: list[Review]) -> None:
    cases = first_cases(reviews)
    assert (cases["discharged_on"] < cases["operated_on"]).sum() == 1
    assert (cases["died_on"] < cases["operated_on"]).sum() == 1
    assert (cases["age"] > 100).sum() == 1
    assert (cases["bmi"] > 60).sum() == 1


def test_the_first_extract_holds_conflicts_of_status(reviews: list[Review]) -> None:
    cases = first_cases(reviews)
    said_alive = cases["discharge_status"] == "alive"
    assert (said_alive & (cases["outcome.death"] == 1)).sum() == 1
    on_the_ward = (cases["died_on"] >= cases["operated_on"]) & (
        cases["died_on"] <= cases["discharged_on"]
    )
    assert (said_alive & on_the_ward).sum() == 1


def test_the_first_extract_holds_an_unmarked_transplant_and_a_strange_hospital(
    reviews: list[Review],
) -> None:
    cases = first_cases(reviews)
    transplant = cases["procedure"] == "Heart transplantation"
    assert (transplant & (cases["excluded"] == "")).sum() == 1
    assert sorted(cases["provider"].value_counts().tolist())[0] == 2


def test_survival_gives_the_positions_of_death(presumed: Example, reviews: list[Review]) -> None:
    for survival, death in zip(review_all(presumed), reviews, strict=True):
        manifest = survival.extract.manifest
        assert manifest.publication.regime == "presumed"
        assert manifest.outcome("survival").direction == "favourable"
        favourable, adverse = survival.result("survival"), death.result("death")
        assert favourable.position == adverse.position
        assert favourable.observed == adverse.observed
        assert favourable.expected == pytest.approx(adverse.expected, rel=1e-9)
        events = survival.extract.cases["outcome.survival"]
        assert events.mean() > 0.9


def test_the_first_surgeons_signing_key_is_named(example: Example, reviews: list[Review]) -> None:
    passphrase = (example.folder / "signer-passphrase.txt").read_text(encoding="utf-8").rstrip("\n")
    signer = load_signer((example.folder / "signer.p12").read_bytes(), passphrase)
    assert signer.certificate_pem == example_signer().certificate_pem
    named = reviews[0].extract.manifest.surgeon.signing_key_sha256
    assert named == fingerprint(signer.certificate_pem)


def test_recipients_can_be_issued_to_again(example: Example) -> None:
    text = (example.folder / "recipients.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert len(rows) == 6
    for row in rows:
        assert (example.folder / row["passphrase_file"]).is_file()


def test_a_folder_that_is_a_file_is_a_named_error(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"")
    with pytest.raises(WriteFailedError):
        write_example(tmp_path / "x", silent)
