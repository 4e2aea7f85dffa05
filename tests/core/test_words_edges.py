"""What is said where it could mislead: other levels, counts, averages, no expectation, centres."""

from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from scipy import stats

from core.charts.provenance import provenance
from core.errors import NoAnswerError
from core.extract.manifest import IssuedFigures, IssuedLimit, National
from core.results import words
from core.results.account import account
from core.results.detectability import detectability
from core.results.inclusion import include
from core.results.measure import measure
from core.results.options import Options
from core.results.outcome import OutcomeResult
from core.sealing.trust import TrustVerdict
from core.terminal.pictures import picture
from tests.core.test_results import NO_UNITS, UNTIL, cases, count_cases, outcome
from tests.core.test_words import DEATH, result


def average(position, mean=6.0) -> OutcomeResult:
    limits = (IssuedLimit(level=0.95, lower=0.7, upper=1.1),)
    issued = IssuedFigures(cases=2, observed=mean, expected=5.0, limits=limits, position=position)
    table = cases([None, None], [mean, mean])
    return measure(outcome(kind="continuous", words=DEATH, issued=issued), table, UNTIL, NO_UNITS)


def test_a_hospitals_patients_are_not_called_the_surgeons_own():
    found = replace(result(25), level="hospital")
    assert account(found).text.startswith("25 of your hospital’s 200 patients died")
    assert "for a hospital exactly on the national line" in account(found).text
    assert words.in_words(found).startswith("Your hospital had 25 deaths")


def test_no_expected_event_is_told_as_that():
    said = account(result(0, number=5, risk=0.0)).text
    assert said.startswith("0 of your 5 patients died; the predicted risks expect no deaths")
    assert "Check the records" not in said
    assert "by these risks it could not have happened" in account(result(1, risk=0.0)).text
    assert "no events are expected" in words.position_label(result(0, risk=0.0))
    assert not words.line_rows(result(0, risk=0.0))


def test_no_counted_case_says_why():
    found = measure(outcome(words=DEATH), cases([None], [1]), UNTIL, NO_UNITS)
    said = account(found).text
    assert said.startswith("None of your cases counts for this outcome (1 case left out: risk")


def test_an_average_is_not_told_as_events():
    said = words.in_words(average("within"))
    assert said.startswith("Your average over 2 cases is 6.00. The audit gives 5.00")
    assert "within both limits" in said
    assert "deaths" not in said
    assert words.line_rows(average("within")) == ()
    assert "Poisson" not in words.footnote(average("within"))


@pytest.mark.parametrize(
    ("position", "then"),
    [
        ("above_alarm", "above the alarm line. Check the records first, then"),
        ("below_alert", "below the alert line. Check the records first: events"),
        ("within", "Inside is not proof of good results: what this chart would miss"),
    ],
)
def test_an_average_outside_the_audits_limits_is_met_with_the_same_care(position, then):
    assert then in account(average(position)).text


def test_a_count_a_case_is_no_percentage():
    nation = National(cases=100, observed=180, expected=180.0)
    own = outcome(kind="ratio", national=nation)
    found = measure(own, count_cases([2.0] * 50, [3] * 50), UNTIL, NO_UNITS)
    assert words.facts(found) == (
        "50 operations · crude rate 3.00 a case · adjusted 2.70 a case (national 1.80 a case)"
    )


def test_a_rate_of_a_favourable_outcome_names_the_event_and_a_cut_is_told():
    survival = outcome(direction="favourable", words=DEATH)
    found = measure(survival, cases([0.9], [0]), UNTIL, NO_UNITS)
    assert words.facts(found) == "1 operation · crude rate of deaths 100.0\u202f%"
    nation = National(cases=10, observed=8, expected=8.0)
    assert "adjusted 100.0\u202f%, cut there" in words.facts(result(1, 1, 0.1, national=nation))


def test_expected_nationally_is_said_only_where_the_nation_follows_the_risks():
    nation = National(cases=1000, observed=60, expected=50.0)
    own, national = (
        account(result(8, national=nation, centre=centre)).people
        for centre in ("expected", "national")
    )
    assert own.endswith("about 10 deaths would be expected from the risks alone.")
    assert national.endswith("from the risks alone, and about 12 on the national line.")


def test_bounds_say_what_was_supposed():
    table = cases([0.5, 0.5, 0.5], [1, 0, None])
    found = measure(outcome(), table, UNTIL, NO_UNITS)
    said = "With every missing outcome absent or present, the ratio would be 0.67 to 1.33."
    assert words.bounds_words(found) == said


def test_one_patient_is_one():
    assert account(result(1, number=1, risk=0.5)).people.startswith("1 of your 1 patient died")


def test_the_miss_under_any_picture_is_the_funnels():
    issued = datetime(2026, 5, 1, tzinfo=UTC)
    manifest = SimpleNamespace(
        audit=SimpleNamespace(name="Audit"),
        period=SimpleNamespace(start=UNTIL, end=UNTIL),
        edition_number=1,
        issued_at=issued,
    )
    _, said = provenance(manifest, TrustVerdict("unsigned", ""), result(8))
    assert "the funnel would have missed it 30 times in 100" in said
    assert "this chart" not in said


def test_the_power_drawn_is_that_of_the_method_chosen():
    table, options = cases([0.3] * 40, [0] * 40), Options(model="binomial")
    found = detectability(outcome(), NO_UNITS, include(table, outcome(), UNTIL), options)
    needed = next(k for k in range(41) if stats.binom.sf(k - 1, 40, 0.3) < 0.025)
    assert found.alert[10] == pytest.approx(stats.binom.sf(needed - 1, 40, 0.6))


@pytest.mark.parametrize("style", ["interpolated", "quantile", "normal"])
def test_a_line_drawn_approximately_never_seems_to_decide(style):
    found = replace(result(8), limits_drawn=style)
    assert "do not decide the position" in words.method(found)


def test_large_counts_read_as_british_readers_expect():
    found = replace(result(8), events_to_alert=1194)
    assert words.line_rows(found)[0].values == ("1,194 deaths",)


def test_an_average_has_no_picture():
    review = SimpleNamespace(
        extract=SimpleNamespace(
            manifest=SimpleNamespace(outcome=lambda code: outcome(kind="continuous"))
        )
    )
    with pytest.raises(NoAnswerError):
        picture(review, "death", "funnel", Options(), "png")
