"""Documents that are signed in good order and made to mislead: what the verifier says of each."""

import json
import shutil
import subprocess
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from core.issuing.example import example_signer
from core.report.evidence import Evidence, Figure, OutcomeEvidence, evidence_bytes, read_evidence
from core.report.signing.sign import sign_pdf
from core.report.verifying.printed import MOST_NAMED, printing_findings, says
from core.report.verifying.verification import Verification
from core.report.verifying.verify import verify
from tests.core.made_export import AT, TRUST, evidence, export, review, unsigned
from tests.core.test_verify import with_part


def with_outcomes(change: Callable[[OutcomeEvidence], OutcomeEvidence]) -> Evidence:
    carried = evidence()
    return with_part(carried, outcomes=tuple(map(change, carried.extracts[0].outcomes)))


def with_figure(name: str, **fields: object) -> Evidence:
    def changed(figure: Figure) -> Figure:
        return msgspec.structs.replace(figure, **fields) if figure.name == name else figure

    return with_outcomes(
        lambda one: msgspec.structs.replace(one, figures=tuple(map(changed, one.figures)))
    )


def raw(name: str, number: str) -> bytes:
    """Return evidence in which a figure has a value that no encoder would write."""
    marked = evidence_bytes(with_figure(name, value="@@"))
    return marked.replace(b'"@@"', number.encode())


@pytest.mark.parametrize("number", ["1" + "0" * 400, "1e999", "NaN", "9223372036854775808"])
@pytest.mark.parametrize("name", ["observed", "expected", "ratio"])
def test_a_number_nobody_can_compute_with_is_unreadable_evidence(name: str, number: str) -> None:
    carried = read_evidence(evidence_bytes(evidence()))
    pages = unsigned(carried)
    found = verify(signed_with(pages, raw(name, number)), TRUST)
    assert (found.issued, found.figures) == ("no_evidence", "no_evidence")
    assert found.findings[0] == "The evidence cannot be read."


def signed_with(pages: bytes, data: bytes) -> bytes:
    from io import BytesIO

    from pikepdf import AttachedFileSpec, Pdf

    from core.report.evidence import NAME

    written = BytesIO()
    with Pdf.open(BytesIO(pages)) as pdf:
        del pdf.attachments[NAME]
        pdf.attachments[NAME] = AttachedFileSpec(pdf, data)
        pdf.remove_unreferenced_resources()
        pdf.save(written)
    return sign_pdf(written.getvalue(), example_signer(), AT)


def with_manifest(change: Callable[[dict[str, Any]], None]) -> Verification:
    manifest = json.loads(review().extract.manifest_bytes)
    change(manifest)
    data = b64encode(json.dumps(manifest).encode()).decode()
    return verify(export(with_part(evidence(), manifest=data, signature=None, issuer=None)), TRUST)


@pytest.mark.parametrize("cases", [10**12, 10**40])
def test_a_statement_of_impossible_size_is_an_answer_and_no_crash(cases: int) -> None:
    def change(manifest: dict[str, Any]) -> None:
        manifest["outcomes"][0]["issued"]["cases"] = cases

    found = with_manifest(change)
    assert (found.issued, found.figures, found.holds) == ("no", "no", False)


def test_a_shown_outcome_without_its_counts_does_not_hold() -> None:
    bare = with_outcomes(lambda one: msgspec.structs.replace(one, figures=()))
    found = verify(export(bare), TRUST)
    assert found.figures == "no"
    assert {one.figure for one in found.differences} == {"cases", "observed", "expected"}
    unchosen = with_outcomes(lambda one: msgspec.structs.replace(one, figures=(), chosen=False))
    assert verify(export(unchosen), TRUST).figures == "yes"


def test_true_values_that_are_said_to_be_printed_as_others_are_told() -> None:
    found = verify(export(with_figure("observed", shown="0")), TRUST)
    assert any("“0” for observed (death)" in words for words in found.findings)


@pytest.mark.parametrize(
    ("name", "value", "shown", "right"),
    [
        ("observed", 1409, "1,409", True),
        ("ratio", 0.834, "0.83", True),
        ("ratio", 0.835, "0.83", True),
        ("ratio", 0.84, "0.83", False),
        ("crude_rate", 0.0244, "2.4\u202f%", True),
        ("crude_rate", 0.0244, "0.0\u202f%", False),
        ("crude_rate", 2.44, "2.44", True),
        ("p_upper", 0.00001, "under 0.0001", True),
        ("p_upper", 0.4, "under 0.0001", False),
        ("power.double_rate_alert", 0.82, "18 in 100", True),
        ("power.double_rate_alert", 0.82, "82 in 100", False),
        ("power.double_rate_alert", 0.999, "under 1 in 100", True),
        ("power.double_rate_alert", 0.001, "over 99 in 100", True),
        ("position", "within", "Within both limits", True),
        ("position", "within", "Within the limits · too few cases to tell", True),
        ("position", "above_alarm", "▲ Above the limit", True),
        ("position", "above_alarm", "Within both limits", False),
        ("cases", "*", "*", True),
        ("observed", 10, "none", False),
    ],
)
def test_a_figure_is_what_its_words_say(
    name: str, value: float | str, shown: str, right: bool
) -> None:
    figure = Figure(name=name, value=value, standing="issued", shown=shown)
    assert says(shown, figure) is right


def test_pages_that_another_program_wrote_anew_are_told_in_one_sentence() -> None:
    carried = with_outcomes(
        lambda one: msgspec.structs.replace(
            one,
            figures=tuple(
                msgspec.structs.replace(figure, shown=f"{figure.value:.4f}")
                if isinstance(figure.value, float)
                else figure
                for figure in one.figures
            ),
        )
    )
    assert len(printing_findings(carried, "")) == 1
    (one, *_) = carried.extracts[0].outcomes
    first = next(figure.shown for figure in one.figures if figure.shown) or ""
    assert len(printing_findings(carried, first)) == MOST_NAMED + 1


def test_a_statement_taken_out_is_not_called_the_surgeons_wish() -> None:
    carried = with_part(evidence(), manifest=None, signature=None, issuer=None)
    found = verify(export(carried), TRUST)
    assert (found.issued, found.figures) == ("no_evidence", "no_evidence")
    assert "small numbers" not in found.issued_words
    assert not found.holds


@pytest.mark.parametrize(
    "words",
    [
        "qpdf {0} {1}",
        "qpdf --object-streams=generate --linearize {0} {1}",
        "mutool clean {0} {1}",
        "mutool clean -gggg -z {0} {1}",
    ],
)
def test_other_peoples_programs_lose_the_seal_and_keep_the_figures(
    words: str, tmp_path: Path
) -> None:
    program = words.split(maxsplit=1)[0]
    if shutil.which(program) is None:
        pytest.skip(f"{program} is absent")
    whole, saved = tmp_path / "whole.pdf", tmp_path / "saved.pdf"
    whole.write_bytes(export())
    subprocess.run(words.format(whole, saved).split(), check=True, capture_output=True)
    found = verify(saved.read_bytes(), TRUST)
    assert (found.unchanged, found.signed_by, found.issued, found.figures) == (
        "seal_lost",
        "nobody",
        "example",
        "yes",
    )
    assert found.unchanged_words.endswith("figures still match.")
    assert not any("page" in one for one in found.findings)
