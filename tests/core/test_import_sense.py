"""An outcome told the other way round, and a rate that can hardly be, are asked and said."""

import pytest

from core.audits.library import load_profile, profile_names
from core.extract.manifest import PublishedRate
from core.intake.headings import Sheet
from core.intake.mapping import Mapping, assign, choose_surgeon, set_code, set_sense
from core.intake.mapping_file import mapping_bytes, read_mapping
from core.intake.matching import guessed, propose
from core.intake.sense import adverse_label, opposed, sense_of
from core.intake.spelling import reader
from core.intake.targets import targets
from core.intake.translation import translate
from core.issuing.imported import make_extract
from core.results.origin_words import origin_words
from tests.core.made_foreign import grid
from tests.core.made_import import NACSA, ORIGIN, TERMS, reviewed

HEADING = "In-hospital death"
WARNING = (
    "“Survival to discharge”: every case counts as a death. Check that column "
    "'In-hospital death' is not read the wrong way round."
)


def cardiac(cells: list[str], heading: str = HEADING) -> Sheet:
    rows = [[f"{1 + at % 28:02d}/01/2024", cell] for at, cell in enumerate(cells)]
    return grid([["Date of operation", heading], *rows])


def chosen(sheet: Sheet) -> Mapping:
    """What the surgeon gets who chooses the second column for survival."""
    mapping = assign(propose(sheet, NACSA), "survived", 1)
    return guessed(mapping, "survived", sheet, NACSA)


@pytest.mark.parametrize(
    ("heading", "sense"),
    [
        ("In-hospital death", "death"), ("Died in hospital", "death"), ("Mortality 30d", "death"),
        ("30-day mortality", "death"), ("Dead", "death"), ("Alive at discharge", "survival"),
        ("Survival to discharge", "survival"), ("survived30", "survival"), ("died90", "death"),
        ("Not alive at discharge", "death"), ("Dead or alive", None), ("Status", None),
        ("Deadline", None),
    ],
)  # fmt: skip
def test_a_heading_speaks_of_death_or_survival(heading: str, sense: str | None) -> None:
    assert sense_of(heading) == sense


def test_a_heading_of_the_opposite_sense_is_turned_round_and_asked() -> None:
    sheet = cardiac(["No"] * 36 + ["Yes"] * 3)
    mapping = chosen(sheet)
    assert (HEADING, "sense") in mapping.open_questions
    assert translate(sheet, mapping, NACSA, b"k").table["survived"].tolist()[-4:] == list("1000")
    result = reviewed(make_extract(sheet, mapping, NACSA, ORIGIN, TERMS)).result("survival")
    assert (result.observed, result.cases) == (3, 39)


def test_a_heading_of_the_same_sense_or_none_is_taken_as_it_stands() -> None:
    for heading in ("Alive at discharge", "Outcome"):
        mapping = chosen(cardiac(["Yes"] * 9, heading))
        assert not mapping.of("survived").opposite  # type: ignore[union-attr]
        assert "sense" not in [asked for _, asked in mapping.open_questions]


def test_the_answer_is_kept_in_the_saved_mapping_and_told_with_the_figures() -> None:
    sheet = cardiac(["No"] * 39)
    answered = set_sense(chosen(sheet), "survived", opposite=True)
    assert answered.open_questions == ()
    assert read_mapping(mapping_bytes(answered), sheet, NACSA) == answered
    made = make_extract(sheet, answered, NACSA, ORIGIN, TERMS)
    assert made.manifest.source is not None
    told = "Column 'In-hospital death' records the opposite and was read the other way round."
    assert told in made.manifest.source.remarks


def test_a_rate_of_one_in_one_is_said_before_and_after_the_import() -> None:
    sheet = cardiac(["No"] * 39)
    wrong = set_sense(chosen(sheet), "survived", opposite=False)
    assert translate(sheet, wrong, NACSA, b"k").warnings == (WARNING,)
    made = make_extract(sheet, wrong, NACSA, ORIGIN, TERMS)
    assert made.manifest.source is not None
    assert made.manifest.source.remarks[0] == WARNING
    right = set_sense(wrong, "survived", opposite=True)
    assert translate(sheet, right, NACSA, b"k").warnings == ()


@pytest.mark.parametrize(
    ("deaths", "survivors", "warned"),
    [(11, 9, True), (10, 10, False), (10, 9, False), (5, 0, True), (4, 0, False)],
)
def test_more_than_half_of_twenty_is_told_whatever_the_heading(
    deaths: int, survivors: int, warned: bool
) -> None:
    sheet = cardiac(["No"] * deaths + ["Yes"] * survivors, "Outcome")
    assert bool(translate(sheet, chosen(sheet), NACSA, b"k").warnings) is warned


def test_several_answers_in_a_cell_turn_round_together() -> None:
    sheet = cardiac(["No; Yes", "No; No", "N/A"])
    table = translate(sheet, chosen(sheet), NACSA, b"k").table
    assert table["survived"].tolist() == ["0", "1", ""]


def test_no_shipped_outcome_stands_against_its_own_names() -> None:
    for name in profile_names():
        for target in targets(load_profile(name)):
            for said in (target.name, target.label):
                assert not opposed(said, target), (name, said)


def test_a_published_rate_is_that_of_the_event_its_box_names() -> None:
    outcome = NACSA.outcomes[0]
    assert adverse_label(outcome) == "Death before discharge"
    labels = [adverse_label(one) for one in load_profile("lung_cancer").outcomes]
    assert "Death within 30 days" in labels
    sheet = cardiac(["No"] * 36 + ["Yes"] * 3)
    line = {"survival": PublishedRate(rate=0.02, source="FICTIONAL report")}
    made = make_extract(sheet, chosen(sheet), NACSA, ORIGIN, TERMS, line)
    result = reviewed(made).result("survival")
    assert result.national_rate == pytest.approx(0.02)
    assert result.crude_rate == pytest.approx(3 / 39)


def test_a_text_set_by_hand_is_not_turned_round() -> None:
    sheet = cardiac(["No", "Yes", "Home"])
    mapping = set_code(chosen(sheet), "survived", "Home", "1")
    assert translate(sheet, mapping, NACSA, b"k").table["survived"].tolist() == list("101")


def test_a_given_euroscore_is_the_risk_of_death() -> None:
    """Expected deaths are the plain sum of the given percentages."""
    risks = [0.5 + at % 7 for at in range(39)]
    rows = [
        [f"{1 + at % 28:02d}/01/2024", f"{risk}%", "Yes" if at == 3 else "No"]
        for at, risk in enumerate(risks)
    ]
    sheet = grid([["Date of operation", "EuroSCORE II", HEADING], *rows])
    made = make_extract(sheet, propose(sheet, NACSA), NACSA, ORIGIN, TERMS)
    result = reviewed(made).result("survival")
    assert result.observed == 1
    assert result.expected == pytest.approx(sum(risks) / 100, abs=1e-9)
    assert made.manifest.source is not None
    told = "The risk of “Survival to discharge” is the file's own risk of death."
    assert told in made.manifest.source.remarks


def test_a_risk_told_the_other_way_round_is_turned_and_asked() -> None:
    lung = load_profile("lung_cancer")
    sheet = cardiac(["2%", "3%"], "Risk of death at 30 days")
    mapping = guessed(assign(propose(sheet, lung), "chance_survival30", 1), "chance_survival30",
                      sheet, lung)  # fmt: skip
    found = mapping.of("chance_survival30")
    assert found is not None
    assert (found.opposite, found.asked) == (True, ("sense",))
    target = next(one for one in targets(lung) if one.name == "chance_survival30")
    assert float(str(reader(target, found, ["2%"])("2%"))) == pytest.approx(0.98)


def test_one_row_is_told_in_the_singular() -> None:
    head = ["Date of operation", HEADING, "Date of birth", "Surgeon"]
    rows = [["14/01/2024", "No", "01/02/1950", "A"], ["15/01/2024", "No", "02/02/1950", "B"]]
    sheet = grid([head, *rows])
    mapping = choose_surgeon(propose(sheet, NACSA), "A")
    manifest = make_extract(sheet, mapping, NACSA, ORIGIN, TERMS).manifest
    said = " ".join(origin_words(manifest))
    assert "1 is yours, 1 is another surgeon’s." in said
    assert "1 identifying column is not taken over." in said
