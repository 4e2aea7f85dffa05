"""From FICTIONAL audit exports to unsigned extracts: totals, canaries, and the road beyond."""

import io
from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import NothingToImportError, WhichSurgeonError
from core.extract.manifest import PublishedRate
from core.intake.mapping import choose_surgeon
from core.intake.mapping_file import mapping_bytes, read_mapping
from core.intake.matching import propose
from core.issuing.imported import Origin, Terms, make_extract
from core.results.account import account
from core.results.origin_words import origin_words
from core.results.words import position_label
from tests.core.made_foreign import (
    CONSULTANT,
    OWN,
    STATUS,
    URGENCY,
    as_csv,
    grid,
    nacsa_like,
    nela_like,
    nvr_rows,
    opened,
    shuffled,
)
from tests.core.made_import import (
    NACSA,
    NELA,
    NVR,
    ORIGIN,
    TERMS,
    members,
    nacsa_mapping,
    nvr,
    reviewed,
)


def test_nvr_totals_are_those_of_pandas() -> None:
    rows = nvr_rows()
    table = pd.DataFrame(rows[1:], columns=rows[0])
    own = table[
        (table["Consultant GMC"] == OWN)
        & (table["Procedure type"] != "carotid")
        & (table["Mode of operation"] == "Elective")
        & (table["Died in hospital"] != "N/A")
    ]
    risks = own["risk_aaa_death"].str.rstrip("%").astype(float) / 100
    result = reviewed(nvr()).result("aaa_death")
    assert result.cases == len(own)
    assert result.observed == (own["Died in hospital"] == "Yes").sum()
    assert result.expected == pytest.approx(risks.sum(), abs=1e-12)


def test_without_a_national_line_there_are_o_and_e_and_no_position() -> None:
    review = reviewed(nvr())
    result = review.result("aaa_death")
    assert result.ratio is not None
    assert result.ratio_interval is not None
    assert result.position is None
    assert result.p_upper is None
    assert result.events_to_alert is None
    assert all(limit.upper is None for limit in result.limits)
    assert "no national line" in position_label(result)
    remarks = review.funnel("aaa_death").remarks
    assert any("benchmark pack" in remark for remark in remarks)
    assert review.funnel("aaa_death").curves == ()
    assert len(review.over_time("aaa_death").vlad) == result.cases
    assert review.detectability("aaa_death") is None


def test_a_published_rate_gives_the_line_and_says_whose_words_it_is() -> None:
    rate = PublishedRate(rate=0.012, source="Annual report (FICTIONAL), 2025")
    review = reviewed(nvr({"aaa_death": rate}))
    result = review.result("aaa_death")
    assert result.position is not None
    assert result.national_rate == 0.012
    assert any("Annual report (FICTIONAL)" in words for words in review.funnel("aaa_death").remarks)


def test_nacsa_totals_are_those_of_pandas_and_are_not_adjusted() -> None:
    data = nacsa_like()
    table = pd.read_csv(io.BytesIO(data), header=None, dtype=str, keep_default_na=False)
    own = table[table[CONSULTANT - 1] == OWN]
    counted = own[own[URGENCY - 1].isin(["1. Elective", "2. Urgent"])]
    sheet = opened(data)
    assert not sheet.headed
    assert len(sheet.names) == 168
    made = make_extract(sheet, nacsa_mapping(sheet), NACSA, ORIGIN, TERMS)
    result = reviewed(made).result("survival")
    assert result.cases == len(counted)
    assert result.observed == (counted[STATUS - 1] == "1. Dead").sum()
    assert result.comparison == "crude"
    assert result.expected is None
    assert result.position is None
    assert result.ratio is None
    assert "not adjusted for risk" in position_label(result)
    assert "Not adjusted for risk" in account(result).text


def test_nacsa_columns_are_found_at_their_published_places() -> None:
    mapping = propose(opened(nacsa_like()), NACSA)
    found = {one.target: (one.column + 1, one.why) for one in mapping.columns}
    assert found["female"] == (7, "position")
    assert found["nyha"] == (11, "position")
    kinds = {one.column + 1: one.kind for one in mapping.identifiers}
    assert kinds == {
        2: "hospital_number", 3: "nhs_number", 4: "name", 5: "name", 6: "birth_date", 9: "postcode"
    }  # fmt: skip


def test_nela_is_read_by_question_number_and_its_model_gives_the_risk() -> None:
    sheet = opened(nela_like())
    mapping = propose(sheet, NELA)
    why = {one.target: one.why for one in mapping.columns}
    assert why["female"] == "question"
    assert why["admitted_on"] == "question"
    made = make_extract(sheet, mapping, NELA, ORIGIN, TERMS)
    table = pd.read_csv(io.BytesIO(nela_like()), header=1, dtype=str)
    result = reviewed(made).result("death30")
    assert result.cases == len(table)
    assert result.observed == (table["Death within 30 days"] == "Yes").sum()
    assert made.manifest.outcome("death30").risk_source == "nela_2020_parsimonious"
    assert made.manifest.level == "hospital"


def test_an_import_is_unsigned_and_says_whence_it_is() -> None:
    made = nvr()
    review = reviewed(made)
    source = review.extract.manifest.source
    assert review.extract.verdict.state == "unsigned"
    assert "manifest.sig" not in members(made)
    assert source is not None
    assert source.kind == "import"
    assert source.digest == "0" * 64
    assert source.rows == 200
    assert source.others == 40
    assert source.rows == len(made.translation.places) + source.others + source.unread


def test_repeated_rows_are_kept_and_told_by_the_checks() -> None:
    rows = nvr_rows()
    rows.append(rows[-1])
    sheet = opened(as_csv(rows))
    mapping = choose_surgeon(propose(sheet, NVR), OWN)
    made = make_extract(sheet, mapping, NVR, ORIGIN, TERMS)
    review = reviewed(made)
    assert len(review.extract.cases) == len(nvr().translation.places) + 1
    assert "duplicate" in {finding.code for finding in review.findings}
    assert any("earlier case" in remark for remark in made.translation.remarks)


def test_rows_without_a_date_are_counted_and_named_by_row_and_column() -> None:
    rows = nvr_rows()
    for row, text in ((3, ""), (4, "31/02/2024"), (5, "soon")):
        rows[row][8], rows[row][7] = text, OWN
    sheet = opened(as_csv(rows))
    made = make_extract(sheet, choose_surgeon(propose(sheet, NVR), OWN), NVR, ORIGIN, TERMS)
    fatal = [(one.row, one.column) for one in made.translation.problems if one.fatal]
    assert fatal == [(4, "Date of procedure"), (5, "Date of procedure"), (6, "Date of procedure")]
    assert made.translation.unread == 3
    said = " ".join(one.words for one in made.translation.problems)
    assert "soon" not in said
    assert "31/02" not in said


def test_several_surgeons_must_be_chosen_from() -> None:
    sheet = opened(as_csv(nvr_rows()))
    with pytest.raises(WhichSurgeonError) as told:
        make_extract(sheet, propose(sheet, NVR), NVR, ORIGIN, TERMS)
    assert OWN not in str(told.value)
    nobody = choose_surgeon(propose(sheet, NVR), "9999999")
    with pytest.raises(NothingToImportError):
        make_extract(sheet, nobody, NVR, ORIGIN, TERMS)


def test_cases_outside_the_period_are_left_out_and_said() -> None:
    sheet = opened(as_csv(nvr_rows()))
    terms = Terms(TERMS.surgeon, TERMS.key, TERMS.made_at, start=date(2023, 1, 1))
    made = make_extract(sheet, choose_surgeon(propose(sheet, NVR), OWN), NVR, ORIGIN, terms)
    days = reviewed(made).extract.cases["operated_on"]
    assert days.min() >= pd.Timestamp(2023, 1, 1)
    assert made.manifest.source is not None
    outside = made.manifest.source.outside
    assert (
        outside == len(made.translation.places) - len(members(made)["cases.csv"].splitlines()) + 1
    )
    assert any(f"{outside} lie outside the period" in said for said in origin_words(made.manifest))


@settings(max_examples=15)
@given(st.permutations(range(18)))
def test_the_order_of_columns_changes_nothing(order: list[int]) -> None:
    rows = nvr_rows(60)
    plain_sheet, mixed = opened(as_csv(rows)), opened(as_csv(shuffled(rows, order)))
    cases = [
        members(make_extract(one, choose_surgeon(propose(one, NVR), OWN), NVR, ORIGIN, TERMS))
        for one in (plain_sheet, mixed)
    ]
    assert cases[0]["cases.csv"] == cases[1]["cases.csv"]


@pytest.mark.parametrize("kind", ["nvr", "nacsa"])
def test_a_saved_mapping_gives_the_same_bytes(kind: str) -> None:
    profile = NVR if kind == "nvr" else NACSA
    sheet = opened(as_csv(nvr_rows()) if kind == "nvr" else nacsa_like())
    mapping = choose_surgeon(propose(sheet, NVR), OWN) if kind == "nvr" else nacsa_mapping(sheet)
    saved = mapping_bytes(mapping)
    again = read_mapping(saved, sheet, profile)
    assert mapping_bytes(again) == saved
    first, second = (make_extract(sheet, one, profile, ORIGIN, TERMS) for one in (mapping, again))
    assert first.archive == second.archive


def test_risks_are_read_as_fractions_whatever_their_sign() -> None:
    cases = reviewed(nvr()).extract.cases
    assert np.nanmax(cases["risk.aaa_death"]) < 0.06


def test_a_name_that_cannot_be_seen_does_not_spoil_the_extract() -> None:
    sheet = opened(as_csv(nvr_rows(40)))
    origin = Origin("a\u202eb.csv", "a\u202eb.csv", "0" * 64)
    mapping = choose_surgeon(propose(sheet, NVR), OWN)
    source = make_extract(sheet, mapping, NVR, origin, TERMS).manifest.source
    assert source is not None
    assert source.file == "a\N{REPLACEMENT CHARACTER}b.csv"


def test_typed_cells_of_a_workbook_give_the_cases_of_the_same_text() -> None:
    rows = nvr_rows(60)
    date_at, dob_at, asa_at = 8, 4, 12
    typed: list[list[object]] = [list(rows[0])]
    for row in rows[1:]:
        cells: list[object] = [cell or None for cell in row]
        for at in (date_at, dob_at):
            cells[at] = datetime.strptime(row[at], "%d/%m/%Y")
        cells[asa_at] = float(row[asa_at])
        typed.append(cells)
    cases = [
        members(make_extract(one, choose_surgeon(propose(one, NVR), OWN), NVR, ORIGIN, TERMS))
        for one in (opened(as_csv(rows)), grid(typed))
    ]
    assert cases[0]["cases.csv"] == cases[1]["cases.csv"]
