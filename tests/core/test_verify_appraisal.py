"""The whole road: an appraisal document, signed, verified, changed, re-saved."""

import random
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from shutil import which
from subprocess import run

import pytest
from pikepdf import Pdf

from core.issuing.example import example_signer
from core.report.evidence import evidence_bytes
from core.report.pages.appraisal import appraisal
from core.report.pages.pdf import pdf_bytes
from core.report.signing.sign import sign_pdf
from core.report.verifying.verification import Verification
from core.report.verifying.verify import verify
from tests.core.made_export import TRUST
from tests.core.made_review import AT, CHOICES, NOTHING, QUICK, pdf, review, state


@pytest.fixture(scope="module")
def signed() -> bytes:
    return sign_pdf(pdf(), example_signer(), AT)


@pytest.fixture(scope="module")
def found(signed: bytes) -> Verification:
    return verify(signed, TRUST)


def test_a_whole_appraisal_holds(found: Verification) -> None:
    assert found.holds
    assert found.signed_by == "confirmed"
    assert found.differences == ()
    assert found.findings == (
        "FICTIONAL: the figures are a made-up example’s, whose key is public.",
    )


def test_every_figure_that_is_said_to_be_printed_is_printed(found: Verification) -> None:
    assert not any("prints" in words for words in found.findings)


def test_every_outcome_is_on_the_fact_sheet(found: Verification) -> None:
    (extract,) = found.extracts
    outcomes = review().extract.manifest.outcomes
    assert [one.code for one in extract.outcomes] == [one.code for one in outcomes]
    assert all(one.position for one in extract.outcomes)


def test_outcomes_that_were_not_chosen_are_said() -> None:
    code = review().extract.manifest.outcomes[0].code
    document, carried = appraisal(review(), NOTHING, replace(QUICK, outcomes=(code,)))
    made = sign_pdf(pdf_bytes(document, evidence_bytes(carried)), example_signer(), AT)
    told = verify(made, TRUST)
    assert told.holds
    assert any("Return to theatre" in words for words in told.left_out)


def test_hidden_small_numbers_are_not_provable_here() -> None:
    document, carried = appraisal(review(), NOTHING, replace(QUICK, small_numbers=True))
    made = sign_pdf(pdf_bytes(document, evidence_bytes(carried)), example_signer(), AT)
    told = verify(made, TRUST)
    assert (told.unchanged, told.issued, told.figures) == ("yes", "not_provable", "not_provable")
    assert told.small_numbers


def test_a_reflection_is_told(found: Verification) -> None:
    without = appraisal(review(), NOTHING, CHOICES)[1]
    assert not any(one.reflected for one in without.extracts[0].outcomes)
    with_words = appraisal(review(), state(), CHOICES)[1]
    assert [one.reflected for one in found.extracts[0].outcomes] == [
        one.reflected for one in with_words.extracts[0].outcomes
    ]


def test_random_changes_of_a_large_document_are_reported(signed: bytes) -> None:
    data, drawn = bytearray(signed), random.Random(4)
    for _ in range(40):
        place = drawn.randrange(len(data))
        kept = data[place]
        data[place] ^= drawn.randrange(1, 256)
        assert verify(bytes(data), TRUST).unchanged != "yes", place
        data[place] = kept


def test_a_resaved_appraisal_lost_its_seal_and_its_figures_match(signed: bytes) -> None:
    whole = BytesIO()
    with Pdf.open(BytesIO(signed)) as opened:
        opened.save(whole)
    told = verify(whole.getvalue(), TRUST)
    assert told.unchanged_words.endswith("figures still match.")


def client(name: str) -> str:
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.exists() else which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


@pytest.mark.parametrize(
    ("name", "words", "says"),
    [
        ("pdfsig", ["-nocert"], "Signature is Valid"),
        ("qpdf", ["--check"], "No syntax or stream encoding errors"),
        ("outloud", [], "0 error(s)"),
    ],
)
def test_other_peoples_readers_find_nothing_wrong(
    name: str, words: list[str], says: str, signed: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "signed.pdf"
    path.write_bytes(signed)
    done = run([client(name), *words, str(path)], capture_output=True, text=True, check=False)
    assert says in done.stdout + done.stderr
