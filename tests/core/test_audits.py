"""The shipped audits: whole, at one with the risk models, documented, and usable as they stand."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from core.audits.document import audits_page
from core.audits.library import load_profile, profile_names
from core.audits.profile import FieldRule, OutcomeRule, Profile
from core.errors import BadProfileError, UnknownProfileError
from core.extract.manifest import Surgeon
from core.flow import Review, open_review
from core.intake.cases import cases_from
from core.issuing.edition import prepare
from core.issuing.extracts import archive_of
from core.risk.fields import CodeField, NumberField
from core.risk.library import load_model
from core.sealing.age import X25519Identity, encrypt
from core.sealing.example_keys import example_issuer
from core.sealing.trust import TrustStore

PAGE = Path(__file__).resolve().parents[2] / "docs" / "audits.md"
SHIPPED = {
    "adult_cardiac", "bariatric", "bowel_cancer", "emergency_laparotomy", "head_neck",
    "hip_fracture", "hospital_mortality", "interventional_cardiology", "lung_cancer",
    "neurosurgery", "oesophago_gastric", "orthopaedic_hip_knee", "process_of_care",
    "thyroid_endocrine", "urology", "vascular",
}  # fmt: skip
NAMES = sorted(SHIPPED)
FIRST_DAY = date(2025, 1, 1)
ROWS = 160


def silent(done: int, total: int, label: str) -> None:
    """Nobody watches."""


def test_every_specialty_ships() -> None:
    assert set(profile_names()) == SHIPPED


def test_no_two_audits_share_a_code() -> None:
    codes = [load_profile(name).audit.code for name in NAMES]
    assert sorted(set(codes)) == sorted(codes)


def test_an_added_profile_goes_before_a_shipped_one_and_a_wrong_one_harms_no_other() -> None:
    cardiac = load_profile("adult_cardiac")
    extra = {"mine": b"specialty = 1", "urology": PROFILE.encode()}
    assert set(profile_names(extra)) == SHIPPED | {"mine"}
    assert load_profile("urology", extra).audit.code == "NEW"
    assert load_profile("adult_cardiac", extra) == cardiac
    with pytest.raises(BadProfileError, match=r"^mine\.toml: "):
        load_profile("mine", extra)


@pytest.mark.parametrize("name", ["absent", "../example/profile", "", "adult_cardiac.toml"])
def test_an_unknown_name_is_told(name: str) -> None:
    with pytest.raises(UnknownProfileError):
        load_profile(name)


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_profile_is_complete(name: str) -> None:
    profile = load_profile(name)
    assert profile.publication.shown
    assert any(source.background for source in profile.sources)
    assert any(not source.background for source in profile.sources)
    for outcome in profile.outcomes:
        assert outcome.risk_words
        assert outcome.kind == "continuous" or outcome.words.events != "events"
        assert outcome.kind != "binary" or outcome.risk
        assert outcome.kind != "ratio" or outcome.expected_column
    for field in profile.fields:
        assert field.type not in ("number", "integer") or None not in (field.minimum, field.maximum)
        assert len(field.labels) == len(field.allowed)
    assert any(field.identifying for field in profile.fields)


@pytest.mark.parametrize("name", NAMES)
def test_what_no_source_confirms_is_marked(name: str) -> None:
    for source in load_profile(name).sources:
        about_columns = "Column headings" in source.covers
        assert source.background == ("not confirmed" in source.title) == about_columns


@pytest.mark.parametrize("name", NAMES)
def test_no_heading_belongs_to_two_fields(name: str) -> None:
    headings = [
        heading.casefold()
        for field in load_profile(name).fields
        for heading in (field.name, *field.synonyms)
    ]
    assert [heading for heading in set(headings) if headings.count(heading) > 1] == []


def modelled() -> Iterator[tuple[Profile, OutcomeRule, str]]:
    for name in NAMES:
        profile = load_profile(name)
        for outcome in profile.outcomes:
            models = {outcome.usual_model, outcome.risk.model if outcome.risk else None} - {None}
            yield from ((profile, outcome, str(model)) for model in models)


MODELLED = list(modelled())
MODELLED_IDS = [f"{profile.audit.code}-{outcome.code}" for profile, outcome, _ in MODELLED]


@pytest.mark.parametrize(("profile", "outcome", "model"), MODELLED, ids=MODELLED_IDS)
def test_a_named_model_finds_every_factor_as_it_reads_it(
    profile: Profile, outcome: OutcomeRule, model: str
) -> None:
    fields = {field.name: field for field in profile.fields}
    for name, asked in load_model(model).fields.items():
        given = fields[name]
        assert given.risk_factor
        if isinstance(asked, CodeField):
            assert set(given.allowed) <= asked.codes.keys()
        elif isinstance(asked, NumberField):
            assert given.minimum is not None
            assert given.maximum is not None
            left_out = [rule.below for rule in profile.exclusions if rule.field == name]
            low = max([given.minimum, *(edge for edge in left_out if edge is not None)])
            assert asked.range[0] <= low
            assert given.maximum <= asked.range[1]
            assert (given.unit or "") == asked.unit
        else:
            assert given.type == "flag"


@pytest.mark.parametrize(("profile", "outcome", "model"), MODELLED, ids=MODELLED_IDS)
def test_a_stop_gap_is_called_one(profile: Profile, outcome: OutcomeRule, model: str) -> None:
    current = load_model(model).about.status == "current"
    assert ("stop-gap" in (outcome.risk_words or "")) == (not current)


@pytest.mark.parametrize(("profile", "outcome", "model"), MODELLED, ids=MODELLED_IDS)
def test_no_model_predicts_over_another_time(
    profile: Profile, outcome: OutcomeRule, model: str
) -> None:
    over = load_model(model).about.outcome
    assert outcome.follow_up_days is None or f"within {outcome.follow_up_days} days" in over


def test_the_rules_differ_by_audit_as_their_audits_say() -> None:
    urology, cardiac = load_profile("urology"), load_profile("adult_cardiac")
    assert {outcome.limits.levels for outcome in urology.outcomes} == {(0.99, 0.999)}
    assert (cardiac.outcomes[0].direction, cardiac.outcomes[0].minimum_cases) == ("favourable", 100)
    assert {rule.code for rule in cardiac.exclusions} >= {"emergency", "transplant", "trauma"}
    suppression = load_profile("oesophago_gastric").suppression
    assert suppression is not None
    assert suppression.below == 5
    assert load_profile("hospital_mortality").outcomes[0].kind == "ratio"
    kinds = [outcome.kind for outcome in load_profile("process_of_care").outcomes]
    assert kinds == ["continuous", "binary"]


def test_the_page_of_audits_is_up_to_date() -> None:
    page = audits_page({name: load_profile(name) for name in profile_names()})
    assert PAGE.read_text(encoding="utf-8") == page, "run `make docs`"


def values(field: FieldRule, random: np.random.Generator) -> list[str]:
    """Return made-up cells of the field: any of its codes, or across its range."""
    if field.type == "code":
        return random.choice(np.array(field.allowed), ROWS).tolist()
    if field.type == "date":
        return [FIRST_DAY.isoformat()] * ROWS
    if field.type == "text":
        return [f"T{row}" for row in range(ROWS)]
    if field.type == "flag":
        return random.integers(0, 2, ROWS).astype(str).tolist()
    low, high = float(field.minimum or 0), float(field.maximum or 0)
    return [str(number) for number in random.integers(int(np.ceil(low)), int(high) + 1, ROWS)]


def made_up(profile: Profile) -> pd.DataFrame:
    """Return a national table of two surgeons, as text, in the profile's own columns."""
    random = np.random.default_rng(7)
    columns = {
        "surgeon": [f"S{row % 2}" for row in range(ROWS)],
        "case_id": [f"C{row}" for row in range(ROWS)],
        "operated_on": [(FIRST_DAY + timedelta(row)).isoformat() for row in range(ROWS)],
        "procedure": ["operation"] * ROWS,
        "provider": ["hospital"] * ROWS,
    }
    for outcome in profile.outcomes:
        assert outcome.recorded is not None
        columns[str(outcome.recorded.column)] = random.integers(0, 2, ROWS).astype(str).tolist()
        supplied = outcome.risk.column if outcome.risk else outcome.expected_column
        if supplied:
            columns[supplied] = random.uniform(0.01, 0.4, ROWS).round(4).astype(str).tolist()
    columns |= {field.name: values(field, random) for field in profile.fields}
    return pd.DataFrame(columns, dtype=object)


def reviewed(profile: Profile, table: pd.DataFrame) -> Review:
    """Return the review of the first surgeon's extract, through the whole road."""
    issued_at = datetime(2026, 3, 1, tzinfo=UTC)
    edition = prepare(table, profile, example_issuer(), issued_at, silent)
    archive = archive_of(edition, Surgeon(name="Surgeon (FICTIONAL)", gmc="S0"))
    identity = X25519Identity.generate()
    return open_review(encrypt(archive, [identity.recipient]), [identity], TrustStore(), silent)


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_profile_issues_what_opens(name: str) -> None:
    profile = load_profile(name)
    review = reviewed(profile, made_up(profile))
    manifest = review.extract.manifest
    assert [result.code for result in review.results] == [one.code for one in profile.outcomes]
    assert (manifest.attribution, manifest.level) == (profile.attribution, profile.level)
    assert any(result.cases for result in review.results)
    for result in review.results:
        assert result.kind == "continuous" or result.cases == 0 or (result.expected or 0) > 0
        assert result.left_out.missing_risk == 0


@pytest.mark.parametrize("name", NAMES)
def test_every_exclusion_can_be_met(name: str) -> None:
    profile = load_profile(name)
    if profile.exclusions:
        excluded = cases_from(made_up(profile), profile).cases["excluded"]
        met = {mark.partition("@")[0] for cell in excluded for mark in cell.split(";")}
        assert {rule.code for rule in profile.exclusions} <= met


PROFILE = """
specialty = "A specialty"
series = "A series"
attribution = "The consultant in charge."
[audit]
code = "NEW"
name = "A new audit (FICTIONAL)"
organisation = "An audit office (FICTIONAL)"
[window]
years = 1
start = 2025-01-01
end = 2025-12-31
follow_up_to = 2025-12-31
[columns]
surgeon = "Consultant"
operated_on = { column = "Date", format = "dmy" }
[[outcomes]]
code = "leak"
label = "Leak"
kind = "binary"
definition = "Leak within 30 days."
words = { event = "leak", events = "leaks", happened = "had a leak" }
follow_up_days = 30
recorded = { column = "Leaked" }
risk = { column = "Risk %", scale = "percent" }
limits = { levels = [0.99, 0.999] }
[[exclusions]]
code = "young"
words = "Under 18."
field = "age"
below = 18
[[fields]]
name = "age"
label = "Age"
type = "integer"
minimum = 0
maximum = 120
synonyms = ["Age at operation"]
"""


def test_a_new_audit_is_added_by_its_toml_alone() -> None:
    rows = [
        ("S0", "01/02/2025", "0", "10", "60"), ("S0", "02/02/2025", "1", "20", "70"),
        ("S0", "03/02/2025", "1", "25", "17"), ("S0", "20/12/2025", "1", "50", "40"),
        ("S1", "04/02/2025", "0", "30", "50"),
    ]  # fmt: skip
    names = ["Consultant", "Date", "Leaked", "Risk %", "Age at operation"]
    profile = load_profile("new", {"new": PROFILE.encode()})
    review = reviewed(profile, pd.DataFrame(rows, columns=names, dtype=object))
    result = review.result("leak")
    assert (result.cases, result.observed) == (2, 1)
    assert result.expected == pytest.approx(0.3)
    assert (result.alert_level, result.alarm_level) == (0.99, 0.999)
    assert (result.left_out.excluded, result.left_out.follow_up_incomplete) == (1, 1)
    assert review.extract.manifest.exclusions[0].words == "Under 18."
