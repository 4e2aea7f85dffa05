"""Headings and identifiers in letters that only look Latin are known; data stay as they are."""

import unicodedata

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.intake.headings import question_of, wordings
from core.intake.identifiers import holds_identifier, kind_of_heading
from core.intake.lookalikes import as_latin
from core.intake.mapping import choose_surgeon
from core.intake.matching import propose
from core.issuing.imported import make_extract
from tests.core.made_foreign import CANARIES, OWN, as_csv, nvr_rows, opened
from tests.core.made_import import NVR, ORIGIN, TERMS, members, nvr, reviewed

CYRILLIC = str.maketrans("aceopxyABCEHKMOPTX", "асеорхуАВСЕНКМОРТХ")
GREEK = str.maketrans("oABEHIKMNOPTXYZ", "οΑΒΕΗΙΚΜΝΟΡΤΧΥΖ")
FULL = {code: chr(code + 0xFEE0) for code in range(0x21, 0x7F)}
DISGUISES = {"Cyrillic": CYRILLIC, "Greek": GREEK, "fullwidth": FULL}
IDENTIFYING = ("NHS Number", "Surname", "Forename", "DOB", "Postcode", "Hospital number")


@pytest.mark.parametrize("letters", DISGUISES.values(), ids=DISGUISES)
@pytest.mark.parametrize("heading", IDENTIFYING)
def test_a_disguised_heading_is_known(heading: str, letters: dict[int, str]) -> None:
    assert as_latin(heading.translate(letters)) == heading
    assert kind_of_heading(heading.translate(letters)) == kind_of_heading(heading) is not None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Nаme", "Name"),
        ("ＮＨＳ", "NHS"),
        ("N\u200bHS nu\u00admber", "NHS number"),
        ("Fórename", "Forename"),
        ("𝐍𝐇𝐒 ﬁle", "NHS file"),
        ("ɴʜꜱ", "NHS"),
        ("٣.٢٢", "3.22"),
    ],
)
def test_one_letter_or_all_of_them(written: str, meant: str) -> None:
    assert as_latin(written) == meant


def test_other_scripts_do_not_become_words() -> None:
    assert kind_of_heading("Дата операции") is None
    assert kind_of_heading("手術日") is None


def test_questions_and_wordings_are_found_by_look() -> None:
    assert question_of("３.２２ Urgency") == "3.22"
    assert wordings("３.２２ Urgеncу") == wordings("3.22 Urgency")


def test_an_identifier_in_other_figures_is_found() -> None:
    assert holds_identifier("see ９４３ ４７６ ５９１９")
    assert holds_identifier("at ＱＺ９ ９ＺＺ")
    assert not holds_identifier("size ９４３ ４７６")


@given(st.text())
def test_it_is_its_own_reading_and_leaves_ascii(text: str) -> None:
    assert as_latin(as_latin(text)) == as_latin(text)
    plain = "".join(sign for sign in text if sign.isascii())
    assert as_latin(plain) == plain
    assert not any(unicodedata.category(sign) == "Mn" for sign in as_latin(text))


@pytest.mark.parametrize("letters", DISGUISES.values(), ids=DISGUISES)
def test_no_canary_passes_under_disguised_headings(letters: dict[int, str]) -> None:
    heading, *records = nvr_rows()
    disguised = [one.translate(letters) if one in IDENTIFYING else one for one in heading]
    sheet = opened(as_csv([disguised, *records]))
    mapping = choose_surgeon(propose(sheet, NVR), OWN)
    made = make_extract(sheet, mapping, NVR, ORIGIN, TERMS)
    for data in members(made).values():
        assert not [canary for canary in CANARIES if canary.lower() in data.lower()]
    assert members(made)["cases.csv"] == members(nvr())["cases.csv"]


def test_a_name_in_other_letters_empties_the_text_and_other_texts_stay_as_they_are() -> None:
    heading, *records = nvr_rows()
    procedure, consultant = heading.index("Procedure"), heading.index("Consultant GMC")
    surname = heading.index("Surname")
    own = [row for row in records if row[consultant] == OWN]
    own[0][procedure] = f"EVAR for {own[0][surname].translate(CYRILLIC)}"
    own[1][procedure] = "Ｒｅｐаіr, Ménière"
    sheet = opened(as_csv([heading, *records]))
    mapping = choose_surgeon(propose(sheet, NVR), OWN)
    made = make_extract(sheet, mapping, NVR, ORIGIN, TERMS)
    read = reviewed(made).extract.cases["procedure"].tolist()
    assert read[1] == "Ｒｅｐаіr, Ménière"
    assert pd.isna(read[0])
