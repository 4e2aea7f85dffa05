"""The road on real operations: Steiner's 5,595 through issuing, opening and results."""

import csv
import math
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from core.audits.profile import parse_profile
from core.flow import Review, open_review
from core.intake.table import read_table
from core.issuing.account_answers import account_of
from core.issuing.edition import Edition, prepare
from core.issuing.issue import issue
from core.issuing.recipients import read_recipients
from core.results.measure import measure
from core.sealing.age import Passphrase
from core.sealing.example_keys import example_issuer, example_trust_entry
from core.sealing.trust import TrustState, TrustStore

PROFILE = Path(__file__).resolve().parents[1] / "profiles" / "steiner.toml"
SURGEONS = "1234567"
PASSPHRASE = "seven surgeons, one centre"


def silent(done: int, total: int, label: str) -> None:
    """Nobody watches."""


@pytest.fixture(scope="module")
def operations(shared_path: Callable[..., Path]) -> bytes:
    folder = shared_path("data", "PLUMBLINE_DATA")
    path = folder / "steiner_cardiac" / "cardiacsurgery.csv"
    return path.read_bytes()


@pytest.fixture(scope="module")
def edition(operations: bytes) -> Edition:
    profile = parse_profile(PROFILE.read_bytes(), PROFILE.name)
    now = datetime(2026, 1, 2, tzinfo=UTC)
    return prepare(read_table(operations), profile, example_issuer(), now, silent)


@pytest.fixture(scope="module")
def reviews(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Review]:
    folder = tmp_path_factory.mktemp("steiner")
    rows = "".join(f"{one},Surgeon {one},p.txt\n" for one in SURGEONS)
    recipients = read_recipients(
        f"gmc,name,passphrase_file\n{rows}".encode(), lambda name: PASSPHRASE.encode()
    )
    issued = issue(edition, recipients, folder, silent, work_factor=8)
    trust = TrustStore((example_trust_entry(),))
    return {
        one: open_review((folder / name).read_bytes(), [Passphrase(PASSPHRASE)], trust, silent)
        for one, name in zip(SURGEONS, issued.files, strict=True)
    }


@pytest.fixture(scope="module")
def counted(operations: bytes) -> dict[str, tuple[int, int, float]]:
    """Cases, deaths by day 30 and Σp of each surgeon, from the file with nothing of ours."""
    found = dict.fromkeys(SURGEONS, (0, 0, 0.0))
    for row in csv.DictReader(operations.decode().splitlines()):
        cases, deaths, expected = found[row["surgeon"]]
        died = float(row["status"]) == 1 and float(row["time"]) <= 30
        risk = 1 / (1 + math.exp(3.68 - 0.077 * float(row["Parsonnet"])))
        found[row["surgeon"]] = (cases + 1, deaths + died, expected + risk)
    return found


def test_every_surgeon_has_the_files_own_figures(
    reviews: dict[str, Review], counted: dict[str, tuple[int, int, float]]
) -> None:
    for surgeon, (cases, deaths, expected) in counted.items():
        result = reviews[surgeon].result("death30")
        assert (result.cases, result.observed) == (cases, deaths)
        assert result.expected == pytest.approx(expected, rel=1e-12)


def test_the_nation_is_the_seven_surgeons(reviews: dict[str, Review]) -> None:
    for review in reviews.values():
        national = review.extract.manifest.outcome("death30").national
        assert national is not None
        assert (national.cases, national.observed) == (5595, 361)
        assert national.observed / national.expected == pytest.approx(0.973, abs=5e-4)
        units = review.units("death30")
        own = units[units["unit"] == review.extract.manifest.self_unit].iloc[0]
        assert len(units) == 7
        assert own["observed"] == review.result("death30").observed


def test_units_are_in_no_order_that_names_them(reviews: dict[str, Review]) -> None:
    units = [reviews[one].extract.manifest.self_unit for one in SURGEONS]
    assert len(set(units)) == 7
    assert units != sorted(units)


def test_days_count_from_the_first_of_january_1992(reviews: dict[str, Review]) -> None:
    days = [review.extract.cases["operated_on"] for review in reviews.values()]
    assert str(min(day.min() for day in days).date()) == "1992-01-01"
    assert str(max(day.max() for day in days).date()) == "1998-12-31"


def test_centring_on_the_nation_moves_one_surgeon(reviews: dict[str, Review]) -> None:
    """The published refit's c = 0.973 is enough to take one surgeon from within to alert."""
    expected = [review.result("death30").position for review in reviews.values()]
    national = [centred_on_the_nation(review) for review in reviews.values()]
    moved = [pair for pair in zip(expected, national, strict=True) if pair[0] != pair[1]]
    assert moved == [("within", "above_alert")]


def centred_on_the_nation(review: Review) -> str | None:
    extract = review.extract
    outcome = msgspec.structs.replace(extract.manifest.outcome("death30"), centre="national")
    until = extract.manifest.follow_up_to
    return measure(outcome, extract.cases, until, review.units("death30")).position


def test_each_is_a_signed_example(reviews: dict[str, Review]) -> None:
    assert {review.extract.verdict.state for review in reviews.values()} == {TrustState.EXAMPLE}


def test_a_funnel_stands_for_each(reviews: dict[str, Review]) -> None:
    for review in reviews.values():
        drawn = review.funnel("death30")
        assert len(drawn.unit_expected) == 6


def test_the_audit_offices_account_flags_the_same_surgeons(
    edition: Edition, reviews: dict[str, Review]
) -> None:
    flags = account_of(edition).outcomes[0].flags
    assert flags is not None
    places = Counter(review.result("death30").exact_position for review in reviews.values())
    assert flags.found == places
