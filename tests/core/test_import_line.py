"""The national line of an import: packs, agreement with issuing, and typed summaries."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest

from core.audits.library import load_profile
from core.audits.profile import parse_profile
from core.errors import BadBenchmarkError, BadSummaryError
from core.extract.manifest import Period, RecalibrationStep, Surgeon
from core.extract.writing import seal
from core.flow import Review, open_review
from core.intake.headings import sheet_of
from core.intake.mapping import choose_surgeon
from core.intake.matching import propose
from core.intake.reading.opening import open_foreign
from core.intake.table import read_table
from core.intake.table_area import table_area
from core.issuing.benchmark_pack import benchmark_pack
from core.issuing.edition import prepare
from core.issuing.example import Example
from core.issuing.imported import Imported, Origin, Terms, make_extract
from core.issuing.keys import read_issuer
from core.issuing.national_line import Pack, line_words, open_pack
from core.issuing.typed_summary import TypedFigures, summary_extract
from core.results.account import account
from core.results.origin_words import origin_words
from core.results.words import footnote, position_label
from core.sealing.age import Passphrase
from core.sealing.trust import TrustState, TrustStore, TrustVerdict, shipped_entries

OWN = "FICT001"
TRUST = TrustStore(shipped_entries())
TERMS = Terms(
    surgeon=Surgeon(name="FICTIONAL surgeon", gmc=OWN),
    key=b"a key for tests",
    made_at=datetime(2026, 11, 22, tzinfo=UTC),
    start=date(2023, 4, 1),
    end=date(2026, 3, 31),
    follow_up_to=date(2026, 4, 14),
)
FIGURES = TypedFigures(400, 12, 10.0, 0.025, "Portal summary (FICTIONAL), March 2026")
CARDIAC = load_profile("adult_cardiac")


def silent(done: int, total: int, label: str) -> None:
    """Watch nothing."""


def reviewed(archive: bytes) -> Review:
    sealed = seal(archive, [Passphrase("p")], work_factor=4)
    return open_review(sealed, [Passphrase("p")], TRUST, silent)


@pytest.fixture(scope="module")
def pack_bytes(example: Example) -> bytes:
    folder = example.folder
    profile = parse_profile((folder / "profile.toml").read_bytes(), "profile.toml")
    issuer = read_issuer(
        folder / "issuer.key", None, lambda: (folder / "passphrase.txt").read_text().strip()
    )
    table = read_table((folder / "national_cases.csv").read_bytes())
    edition = prepare(table, profile, issuer, datetime(2026, 9, 1, tzinfo=UTC), silent)
    return benchmark_pack(edition)


@pytest.fixture(scope="module")
def imported(example: Example, pack_bytes: bytes) -> Imported:
    return from_example(example.folder, open_pack(pack_bytes, TRUST))


def from_example(folder: Path, line: Pack | None) -> Imported:
    profile = parse_profile((folder / "profile.toml").read_bytes(), "profile.toml")
    data = (folder / "national_cases.csv").read_bytes()
    table = open_foreign(data, "national_cases.csv", accept_weak=True).tables[0]
    sheet = sheet_of(table.rows, table_area(table.rows))
    mapping = choose_surgeon(propose(sheet, profile), OWN)
    origin = Origin("national_cases.csv", table.source, "0" * 64)
    return make_extract(sheet, mapping, profile, origin, TERMS, line)


def test_an_import_with_its_pack_stands_where_the_issued_extract_stands(
    example: Example, imported: Imported
) -> None:
    passphrase = (example.folder / "passphrase.txt").read_text().strip()
    sealed = example.extracts[0].read_bytes()
    issued = open_review(sealed, [Passphrase(passphrase)], TRUST, silent)
    own = reviewed(imported.archive)
    for result in issued.results:
        found = own.result(result.code)
        assert (found.cases, found.observed) == (result.cases, result.observed)
        assert found.expected == pytest.approx(result.expected, rel=1e-12)
        assert found.position == result.position
        assert found.limits == result.limits
        assert found.national_rate == result.national_rate
    assert own.extract.verdict.state == "unsigned"


def test_the_manifest_names_the_pack_and_who_signed_it(imported: Imported) -> None:
    source = imported.manifest.source
    assert source is not None
    assert source.benchmark is not None
    assert source.benchmark.state == "example"


def test_a_pack_holds_no_case_and_no_surgeon(example: Example, pack_bytes: bytes) -> None:
    pack = open_pack(pack_bytes, TRUST)
    assert len(pack.units) > 100
    assert b"FICT0" not in b"".join(pack.envelope.members.values())
    assert pack.envelope.members["cases.csv"].count(b"\n") == 1


def test_a_changed_pack_and_an_extract_are_refused(pack_bytes: bytes, imported: Imported) -> None:
    with pytest.raises(BadBenchmarkError):
        open_pack(imported.archive, TRUST)
    with pytest.raises(BadBenchmarkError):
        open_pack(pack_bytes[:-40], TRUST)
    with pytest.raises(BadBenchmarkError):
        open_pack(b"", TRUST)


def test_a_pack_of_another_audit_is_refused(pack_bytes: bytes) -> None:
    rows = open_foreign(
        b"operated_on,survived,surgeon\n2024-01-01,1,A\n2024-01-02,0,A\n", "x.csv", accept_weak=True
    ).tables[0]
    sheet = sheet_of(rows.rows, table_area(rows.rows))
    origin = Origin("x.csv", "x.csv", "0" * 64)
    pack = open_pack(pack_bytes, TRUST)
    with pytest.raises(BadBenchmarkError):
        make_extract(sheet, propose(sheet, CARDIAC), CARDIAC, origin, TERMS, pack)


@pytest.mark.parametrize("changed", [{"definition": "Something else."}, {"follow_up_days": 90}])
def test_a_pack_that_means_another_outcome_gives_no_line(
    example: Example, pack_bytes: bytes, changed: dict[str, object]
) -> None:
    pack = open_pack(pack_bytes, TRUST)
    with pytest.raises(BadBenchmarkError, match="in another way"):
        from_example(example.folder, with_outcomes(pack, **changed))


def test_a_pack_whose_risks_were_recalibrated_otherwise_gives_no_line(
    example: Example, pack_bytes: bytes
) -> None:
    step = RecalibrationStep(intercept=-0.4, slope=1.0, date=date(2026, 1, 1), source="FICTIONAL")
    pack = with_outcomes(open_pack(pack_bytes, TRUST), recalibration=step)
    made = from_example(example.folder, pack)
    lineless = [one for one in made.manifest.outcomes if one.risk_source == "supplied"]
    assert lineless
    assert all(one.national is None for one in lineless)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("verified", "signed by An audit, whose signature was checked at the import"),
        ("unsigned", "without a signature: nobody vouches for it"),
        ("unknown_issuer", "signed by who calls itself An audit; no trusted audit vouches for it"),
        ("revoked", "signed with a certificate of An audit that has been revoked"),
    ],
)
def test_the_funnel_says_who_vouches_for_the_line(
    example: Example, pack_bytes: bytes, state: str, said: str
) -> None:
    pack = open_pack(pack_bytes, TRUST)
    verdict = TrustVerdict(TrustState(state), "", "An audit")
    forged = replace(pack, envelope=replace(pack.envelope, verdict=verdict))
    made = reviewed(from_example(example.folder, forged).archive)
    assert any(said in words for words in origin_words(made.extract.manifest))
    for result in made.results:
        if result.comparison == "adjusted":
            assert any(said in words for words in made.funnel(result.code).remarks)


def with_outcomes(pack: Pack, **changed: object) -> Pack:
    manifest = pack.envelope.manifest
    outcomes = tuple(msgspec.structs.replace(one, **changed) for one in manifest.outcomes)
    other = msgspec.structs.replace(manifest, outcomes=outcomes)
    return replace(pack, envelope=replace(pack.envelope, manifest=other))


def test_a_summary_gives_ratio_interval_limits_and_power() -> None:
    """Exact Poisson 95 % interval of 12 events: 6.2006 to 20.9616 (Garwood 1936, tables)."""
    archive, manifest = summary_extract({"survival": FIGURES}, CARDIAC, TERMS)
    review = reviewed(archive)
    result = review.result("survival")
    assert (result.cases, result.observed, result.expected) == (400, 12, 10.0)
    assert result.ratio == pytest.approx(1.2)
    assert result.ratio_interval == pytest.approx((0.62006, 2.09616), abs=1e-5)
    assert result.position == "within"
    assert result.power.double_rate_alert is not None
    assert result.national_rate == 0.025
    assert "typed by the surgeon" in footnote(result)
    assert any("Typed by the surgeon" in words for words in review.funnel("survival").remarks)
    assert manifest.source is not None
    assert manifest.source.kind == "summary"


def test_a_summary_has_no_case_rows_and_nothing_breaks_on_them() -> None:
    archive, _ = summary_extract({"survival": FIGURES}, CARDIAC, TERMS)
    review = reviewed(archive)
    assert len(review.extract.cases) == 0
    assert review.findings == ()
    assert len(review.over_time("survival").vlad) == 0
    assert len(review.case_mix("survival").risks) == 0
    assert review.parts("survival")
    assert review.detectability("survival") is not None


def test_a_summary_without_expected_events_is_a_crude_rate() -> None:
    crude = TypedFigures(400, 12, None, 0.025, "Portal summary (FICTIONAL)")
    archive, _ = summary_extract({"survival": crude}, CARDIAC, TERMS)
    result = reviewed(archive).result("survival")
    assert result.crude_rate == pytest.approx(0.03)
    assert result.position is None
    assert result.expected is None
    assert "not adjusted for risk" in position_label(result)
    assert "2.5" in account(result).text


@pytest.mark.parametrize(
    "wrong",
    [
        TypedFigures(0, 0, 1.0, 0.1, "s"),
        TypedFigures(10, 11, 1.0, 0.1, "s"),
        TypedFigures(10, -1, 1.0, 0.1, "s"),
        TypedFigures(10, 1, 11.0, 0.1, "s"),
        TypedFigures(10, 1, float("nan"), 0.1, "s"),
        TypedFigures(10, 1, 1.0, 1.5, "s"),
        TypedFigures(100, 1, 0.9, 0.9, "s"),
        TypedFigures(100, 1, 0.0, 0.02, "s"),
        TypedFigures(10, 1, 1.0, float("nan"), "s"),
        TypedFigures(10, 1, 1.0, 0.1, " "),
        TypedFigures(10, 1, 1.0, 0.1, "two\nlines"),
    ],
)
def test_contradictory_figures_are_refused(wrong: TypedFigures) -> None:
    with pytest.raises(BadSummaryError):
        summary_extract({"survival": wrong}, CARDIAC, TERMS)


def test_another_period_of_the_pack_is_said_as_people_say_dates(pack_bytes: bytes) -> None:
    pack = open_pack(pack_bytes, TRUST)
    own = Period(start=date(2020, 4, 1), end=date(2021, 3, 31))
    assert list(line_words(pack, (), own)) == [
        "The national line is that of 1 April 2023 to 31 March 2026, not of these dates."
    ]
