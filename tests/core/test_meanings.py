"""Every number of the terminal contract has a meaning, and one place says it everywhere."""

from typing import Any

from core.report.pages.content_end import glossary
from core.report.pages.document import Facts
from core.results.as_json import result_as_json
from core.results.how_to_read import how_to_read
from core.results.meanings import MEANINGS, found_words, meaning_of, printed_words
from core.results.wording import expected_count, ratio
from tests.desktop.made_up import emptied_review, made_up_review, varied_review

FORBIDDEN = ("safe", "normal", "excellent", "✓", "mortality event")


def names(values: dict[str, Any], above: str = "") -> list[str]:
    found = []
    for name, value in values.items():
        if isinstance(value, dict):
            found += names(value, f"{above}{name}.")
        else:
            found.append(f"{above}{name}")
    return found


def test_every_number_of_the_terminal_has_a_meaning() -> None:
    contract = names(result_as_json(made_up_review().results[0]))
    assert len(contract) > 40
    for name in contract:
        assert meaning_of(name).meaning


def test_each_says_what_it_does_not_mean_and_is_named_once() -> None:
    every = [name for one in MEANINGS for name in (one.name, *one.also)]
    assert len(every) == len(set(every))
    assert len({one.label for one in MEANINGS}) == len(MEANINGS)
    for one in MEANINGS:
        said = f"{one.label} {one.meaning} {one.does_not}"
        assert one.meaning.endswith(".")
        assert one.does_not.endswith(".")
        assert not any(word in said.casefold() for word in FORBIDDEN)


def test_the_document_and_the_screen_have_one_glossary() -> None:
    (facts,) = glossary().blocks
    assert isinstance(facts, Facts)
    assert facts.pairs == printed_words()
    assert dict(facts.pairs)["Expected"] == meaning_of("expected").meaning


def test_searching_finds_by_all_the_words_typed() -> None:
    assert [one.name for one in found_words("fewer chance")] == ["p_lower"]
    assert found_words("no such word anywhere") == ()
    assert len(found_words("")) == len(MEANINGS)
    labels = [one.label.casefold() for one in found_words("")]
    assert labels == sorted(labels)


def test_how_to_read_a_funnel_in_the_surgeons_own_numbers() -> None:
    review = made_up_review()
    result = review.result("death")
    steps = {step.where: step.words for step in how_to_read(review.funnel("death"))}
    expected = expected_count(result.expected or 0.0)
    assert f"your 400 cases add up to {expected}" in steps["Left to right"]
    assert f"You had 11 deaths; 11 ÷ {expected} is 0.79" in steps["Bottom to top"]
    assert steps["The line"].startswith("It lies at 1:")
    assert f"{result.events_to_alert} deaths or more would lie above" in steps["The limits"]
    assert f"{result.events_to_alarm} or more above the alarm line" in steps["The limits"]
    assert "it is not a margin" in steps["The limits"]
    assert steps["Your point"].startswith("0.79 lies within both limits.")
    low, high = result.ratio_interval or (0, 0)
    assert f"{ratio(low)} to {ratio(high)}" in steps["Your point"]
    missed = round(100 * (1 - (result.power.double_rate_alert or 0)))
    assert f"missed it {missed} times in 100" in steps["What it would miss"]
    assert "another surgeon" in steps["The other dots"]


def test_reading_says_the_side_where_the_point_lies() -> None:
    review = made_up_review()
    steps = {step.where: step.words for step in how_to_read(review.funnel("bleeding"))}
    assert steps["Your point"].startswith("1.64 lies above the alert line.")


def steps_of(**changes: str) -> dict[str, str]:
    """Return what is said of the made-up funnel, by where, under an audit's other rules."""
    steps = how_to_read(varied_review(**changes).funnel("death"))
    return {step.where: step.words for step in steps}


def test_the_other_dots_are_told_of_only_where_they_are_shown() -> None:
    assert "The other dots" in steps_of()
    assert "The other dots" not in steps_of(peers="hidden")


def test_the_line_is_told_of_as_the_audit_draws_it() -> None:
    assert "where the nation itself lies" in steps_of(centre="national")["The line"]
    assert "where the nation itself lies" not in steps_of(centre="expected")["The line"]


def test_nothing_is_explained_that_is_not_drawn() -> None:
    assert how_to_read(emptied_review("risk.death").funnel("death")) == ()
    assert how_to_read(varied_review(kind="continuous").funnel("death")) == ()
