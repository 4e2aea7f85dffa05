"""Headings and identifiers in letters that only look Latin are known; data stay as they are."""

import unicodedata

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.intake.heading_kinds import kind_of_heading
from core.intake.headings import question_of, wordings
from core.intake.identifiers import holds_identifier
from core.intake.lookalikes import as_latin
from core.intake.mapping import choose_surgeon
from core.intake.matching import propose
from core.issuing.imported import make_extract
from tests.core.made_foreign import CANARIES, OWN, as_csv, nvr_rows, opened
from tests.core.made_import import NVR, ORIGIN, TERMS, members, nvr, reviewed

CYRILLIC = str.maketrans("aceopxyABCEHKMOPTX", "асеорхуАВСЕНКМОРТХ")
GREEK = str.maketrans("oABEHIKMNOPTXYZ", "οΑΒΕΗΙΚΜΝΟΡΤΧΥΖ")
FULL = {code: chr(code + 0xFEE0) for code in range(0x21, 0x7F)}
CHEROKEE = str.maketrans("ABCDEGHMPRST", "ᎪᏴᏟᎠᎬᏀᎻᎷᏢᎡᏚᎢ")
LISU = str.maketrans("ABCDEFGHIKLMNOPRSTU", "ꓮꓐꓚꓓꓰꓝꓖꓧꓲꓗꓡꓟꓠꓳꓑꓣꓢꓔꓴ")
COPTIC = str.maketrans("BCHIKMNOPTo", "ⲂⲤⲎⲒⲔⲘⲚⲞⲢⲦⲟ")
SMALL_GREEK = str.maketrans("anoptu", "αηορτυ")
STROKES = str.maketrans("dhotbl", "đħøŧƀł")
SQUARES = {65 + place: chr(0x1F170 + place) for place in range(26)}
DISGUISES = {"Cyrillic": CYRILLIC, "Greek": GREEK, "fullwidth": FULL}
DISGUISES |= {"Cherokee": CHEROKEE, "Lisu": LISU, "Coptic": COPTIC, "Greek, small": SMALL_GREEK}
DISGUISES |= {"strokes": STROKES, "squares": SQUARES}
UNSEEN = {
    "enclosing": "\u20dd", "Hangul": "\u3164", "half Hangul": "\uffa0", "choseong": "\u115f",
    "Braille": "\u2800", "control": "\x01", "delete": "\x7f", "zero width": "\u200b",
}  # fmt: skip
IDENTIFYING = ("NHS Number", "Surname", "Forename", "DOB", "Postcode", "Hospital number")


@pytest.mark.parametrize("letters", DISGUISES.values(), ids=DISGUISES)
@pytest.mark.parametrize("heading", IDENTIFYING)
def test_a_disguised_heading_is_known(heading: str, letters: dict[int, str]) -> None:
    assert as_latin(heading.translate(letters)) == heading
    assert kind_of_heading(heading.translate(letters)) == kind_of_heading(heading) is not None


@pytest.mark.parametrize("sign", UNSEEN.values(), ids=UNSEEN)
@pytest.mark.parametrize("heading", IDENTIFYING)
def test_a_heading_with_unseen_signs_is_known(heading: str, sign: str) -> None:
    assert kind_of_heading(sign.join(heading)) == kind_of_heading(heading) is not None


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


@pytest.mark.parametrize("sign", ["−", "—", "·", "/", ",", "-", "–", ".", " ", "", "_", " - "])
def test_an_nhs_number_is_found_however_it_is_written(sign: str) -> None:
    """943 476 5919 is the number that the NHS data dictionary gives as its example."""
    assert holds_identifier(f"EVAR, {sign.join(('943', '476', '5919'))}.")
    assert not holds_identifier(f"EVAR, {sign.join(('943', '476', '5918'))}.")


@pytest.mark.parametrize(
    "written",
    ["94 34 76 59 19", "94-34-76-59-19", "9 4 3 4 7 6 5 9 1 9", "943476 5919", "943 476 591 9"],
)
def test_an_nhs_number_in_pairs_and_single_figures_is_found(written: str) -> None:
    assert holds_identifier(written)
    assert not holds_identifier(f"{written[:-1]}8")


@pytest.mark.parametrize(
    "written",
    [
        "5919-2023", "943-5919", "24/10/2024 14:30", "1,943,476,591", "94 34 76 59 19 20",
        "94, 34, 76, 59, 19", "120/80, 76", "9434 76 5919 1", "3.5 x 28 mm, 20 atm",
        "+44 943 476 59190",
    ],
)  # fmt: skip
def test_ordinary_numbers_are_no_identifiers(written: str) -> None:
    assert not holds_identifier(written)


@given(st.text())
def test_it_is_its_own_reading_and_leaves_ascii(text: str) -> None:
    assert as_latin(as_latin(text)) == as_latin(text)
    plain = "".join(sign for sign in text if sign.isascii() and sign.isprintable())
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
