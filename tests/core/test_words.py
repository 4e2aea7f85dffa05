"""What is said of results: people first, the miss always, never a word of comfort."""

from datetime import date

import pytest

from core.extract.manifest import EventWords
from core.results import words
from core.results.account import account
from core.results.wording import day, in_100, level_in_words, percent, times_in_100
from tests.core.test_results import NO_UNITS, UNTIL, cases, outcome

DEATH = EventWords(event="death", events="deaths", happened="died")
FORBIDDEN = (
    "good results.",
    "safe",
    "normal",
    "fine",
    "excellent",
    "worse than",
    "better than",
    "✓",
)


def result(events, number=200, risk=0.05, **changes):
    from core.results.measure import measure

    table = cases([risk] * number, [1] * events + [0] * (number - events))
    return measure(outcome(words=DEATH, **changes), table, UNTIL, NO_UNITS)


def everything(found) -> str:
    said = [account(found).text, words.position_label(found), words.in_words(found)]
    said += [words.footnote(found), words.facts(found), words.centre_words(found)]
    return " ".join(said)


def test_inside_leads_with_people_and_names_the_miss():
    said = account(result(8)).text
    assert said.startswith(
        "8 of your 200 patients died; for patients with the same risks, about 10"
    )
    assert "Inside is not proof of good results: had the rate truly been double" in said
    assert "missed it 30 times in 100" in said


def test_a_chart_that_would_miss_a_doubling_says_so_in_the_label():
    assert (
        words.position_label(result(1, number=40)) == "Within both limits · too few cases to tell"
    )


def test_above_sends_to_the_records_first_then_to_people():
    said = account(result(25)).text
    assert "above the alarm line" in said
    assert said.index("Check the records first") < said.index("clinical lead")
    assert "defence organisation" in said


def test_below_is_met_with_the_same_care():
    said = account(result(1)).text
    assert "below the alarm line" in said
    assert "events that were not recorded look the same as few events" in said


def test_below_the_minimum_the_exact_place_is_still_told():
    found = result(8, number=40, risk=0.025, minimum_cases=100)
    assert words.position_label(found) == "Below this audit’s minimum number"
    assert "by the exact limits the point lies above the alarm line" in account(found).text
    assert words.needs_attention(found)


@pytest.mark.parametrize("events", [0, 1, 8, 16, 25, 60])
def test_no_word_of_comfort_or_blame(events):
    said = everything(result(events)).replace("proof of good results:", "")
    assert not [word for word in FORBIDDEN if word in said]


def test_numbers_and_dates_read_as_british_readers_expect():
    assert percent(0.027) == "2.7\u202f%"
    assert level_in_words(0.998) == "99.8\u202f%"
    assert day(date(2023, 4, 1)) == "1 April 2023"
    assert times_in_100(0.144) == "14 times in 100"
    assert times_in_100(0.9999) == "more than 99 times in 100"
    assert times_in_100(0.004) == "fewer than 1 time in 100"
    assert in_100(0.001) == "under 1 in 100"
