"""Whose the national line is stands beside every position; only a trusted audit's is its own."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import openpyxl
import pytest

from core.errors import RevokedBenchmarkError
from core.extract.manifest import Manifest, PublishedRate, manifest_bytes
from core.extract.source import BenchmarkSource, Source
from core.flow import Review
from core.issuing.example import write_example
from core.issuing.national_line import open_pack
from core.report.evidence import evidence_bytes, read_evidence
from core.report.pages.appraisal import appraisal
from core.report.pages.award import award
from core.report.pages.document import Document
from core.report.pages.pdf import pdf_bytes
from core.report.pages.revalidation import revalidation
from core.report.verifying.register import Entry, register
from core.report.verifying.verification import Verification
from core.report.verifying.verify import verify
from core.report.workbooks.workbook import workbook_bytes
from core.results.account import account
from core.results.options import AUDIT_METHOD
from core.results.words import in_words, method, position_alone, position_label
from core.sealing.signatures import read_certificate
from core.sealing.trust import TrustState, TrustStore, TrustVerdict, shipped_entries
from core.terminal.command import run as plumb
from tests.core import made_export
from tests.core.made_export import TRUST
from tests.core.made_pack import made_pack
from tests.core.made_review import AT, NOTHING, QUICK
from tests.core.test_import_line import silent

ISSUER = "An audit (FICTIONAL)"
UNVOUCHED = "national line from a pack that no trusted audit vouches for"
BESIDE = {
    "verified": f"national line from a pack signed by {ISSUER} (trusted)",
    "unsigned": UNVOUCHED,
    "unknown_issuer": UNVOUCHED,
    "a state of later": UNVOUCHED,
    "example": "national line from a made-up pack (FICTIONAL)",
    "revoked": "national line from a pack whose issuer’s certificate is revoked",
    "typed": "national line typed by the surgeon",
}
SAID = {
    "verified": "was found signed by a trusted audit when it was read; this document cannot show",
    "unsigned": "from a benchmark pack that no trusted audit vouches for; its limits, its position",
    "unknown_issuer": "from a benchmark pack that no trusted audit vouches for",
    "example": "from a made-up benchmark pack (FICTIONAL), whose key is public",
    "revoked": "from a benchmark pack whose issuer’s certificate is revoked",
    "typed": "from figures that the surgeon typed in",
}
UNTRUSTED = tuple(state for state in BESIDE if state != "verified")
OWN = ("audit’s own method", "the audit’s own", "recalibrated by the audit")


def lined(state: str) -> Review:
    """Return the example's figures as an import whose line is of that state."""
    found = made_export.review()
    manifest = _stated(found.extract.manifest, state)
    verdict = TrustVerdict(TrustState.UNSIGNED, "")
    extract = replace(
        found.extract,
        manifest=manifest,
        manifest_bytes=manifest_bytes(manifest),
        signature=None,
        issuer_pem=None,
        verdict=verdict,
    )
    opened = replace(found, extract=extract)
    measured = (opened.measure(one.code, AUDIT_METHOD) for one in manifest.outcomes)
    return replace(opened, results=tuple(measured))


def _stated(manifest: Manifest, state: str) -> Manifest:
    typed = PublishedRate(rate=0.03, source="FICTIONAL report")
    given = {"published": typed, "national": None} if state == "typed" else {"line_from": "a pack"}
    outcomes = (msgspec.structs.replace(one, issued=None, **given) for one in manifest.outcomes)
    pack = BenchmarkSource(
        digest="0" * 64,
        state=state,
        issuer=ISSUER,
        start=date(2023, 4, 1),
        end=date(2026, 3, 31),
        issued_at=datetime(2026, 9, 1, tzinfo=UTC),
    )
    source = Source(kind="import", profile="x", benchmark=None if state == "typed" else pack)
    return msgspec.structs.replace(manifest, outcomes=tuple(outcomes), source=source)


def texts(document: Document) -> str:
    """Return every word of the pages but those of the last, on where the document comes from."""
    return " ".join(repr(section) for section in document.sections[:-1])


@pytest.mark.parametrize("state", BESIDE)
def test_the_position_has_its_line_beside_it(state: str) -> None:
    for result in lined(state).results:
        assert position_label(result) == f"{position_alone(result)} · {BESIDE[state]}"
        is_own = state == "verified"
        sentence = f"{BESIDE[state][0].upper()}{BESIDE[state][1:]}."
        assert (sentence in account(result).text) is not is_own
        assert (sentence in in_words(result)) is not is_own
        assert ("the audit’s own" in method(result)) is is_own


def test_an_issued_position_has_nothing_beside_it() -> None:
    for result in made_export.review().results:
        assert position_label(result) == position_alone(result)
        assert method(result).endswith("the audit’s own")


@pytest.mark.parametrize("state", BESIDE)
def test_page_one_and_the_outcomes_page_say_whose_line_it_is(state: str) -> None:
    document, _ = appraisal(lined(state), NOTHING, QUICK)
    pages = [repr(section) for section in document.sections]
    first = next(words for words in pages if "heading='In short'" in words)
    outcome = next(words for words in pages if "heading='Death in hospital'" in words)
    for words in (first, outcome):
        assert BESIDE[state] in words
        assert all((own in words) is False for own in OWN) or state == "verified"
    recalibrated = {
        "verified": "recalibrated by the audit (",
        "unsigned": "recalibrated by the pack, which no trusted audit vouches for (",
        "revoked": "recalibrated by the pack, whose issuer’s certificate is revoked (",
        "typed": "recalibrated as the profile states (",
    }
    assert recalibrated.get(state, "recalibrated by the pack, which ") in outcome


@pytest.mark.parametrize("state", UNTRUSTED)
@pytest.mark.parametrize("make", [revalidation, award])
def test_documents_of_several_extracts_say_it_and_claim_nothing(make, state):
    document, _ = make([lined(state)], [NOTHING], QUICK)
    words = texts(document)
    assert BESIDE[state] in words
    assert not any(own in words for own in OWN)


@pytest.mark.parametrize("state", UNTRUSTED)
def test_the_workbook_says_it_and_claims_nothing(state: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(lined(state), NOTHING, QUICK)))
    for name in ("Results", "Methods"):
        cells = " ".join(str(cell.value) for row in book[name].iter_rows() for cell in row)
        assert BESIDE[state] in cells[:1].lower() + cells[1:] or BESIDE[state][1:] in cells
        assert not any(own in cells for own in OWN)


def told(state: str, *, small_numbers: bool = False) -> Verification:
    choices = replace(QUICK, small_numbers=small_numbers)
    document, evidence = appraisal(lined(state), NOTHING, choices)
    assert read_evidence(evidence_bytes(evidence)) == evidence
    return verify(pdf_bytes(document, evidence_bytes(evidence)), TRUST)


@pytest.mark.parametrize("state", SAID)
def test_verify_says_whose_line_it_is_and_the_register_flags_it(state: str) -> None:
    found = told(state)
    assert any(SAID[state] in words for words in found.findings)
    assert not any("prints" in words for words in found.findings)
    assert found.extracts[0].lines[0].startswith("Death in hospital")
    sheet = openpyxl.load_workbook(io.BytesIO(register([Entry("a.pdf", found)], AT))).active
    assert sheet is not None
    heading = next(
        cell for row in sheet.iter_rows() for cell in row if cell.value == "Flags raised"
    )
    assert SAID[state] in str(sheet.cell(heading.row + 1, heading.column).value)


def test_it_is_said_where_small_numbers_take_the_manifest_away() -> None:
    found = told("unsigned", small_numbers=True)
    assert found.extracts[0].outcomes == ()
    assert any(SAID["unsigned"] in words for words in found.findings)


def test_an_issued_document_raises_no_flag_and_its_evidence_is_as_before() -> None:
    document, evidence = appraisal(made_export.review(), NOTHING, QUICK)
    data = evidence_bytes(evidence)
    assert b'"lines"' not in data
    assert verify(pdf_bytes(document, data), TRUST).extracts[0].lines == ()


@pytest.fixture(scope="module")
def pack_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_pack(write_example(tmp_path_factory.mktemp("example"), silent).folder)


def revoked(pack_file: Path) -> TrustStore:
    """Return the trusted roots, that of the example with its issuing certificate revoked."""
    serial = read_certificate((pack_file.parent / "issuer.pem").read_bytes()).serial_number
    return TrustStore(
        tuple(
            replace(one, revocations=replace(one.revocations, serials=(serial,)))
            for one in shipped_entries()
        )
    )


def test_a_pack_of_a_revoked_issuer_gives_no_line(
    pack_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    store = revoked(pack_file)
    with pytest.raises(RevokedBenchmarkError, match="is revoked"):
        open_pack(pack_file.read_bytes(), store)
    assert open_pack(pack_file.read_bytes(), TRUST).source.state == "example"
    monkeypatch.setattr("core.terminal.import_choices.trust_store", lambda _: store)
    folder = pack_file.parent
    words = [
        "import",
        str(folder / "national_cases.csv"),
        "--profile",
        str(folder / "profile.toml"),
    ]
    words += ["--surgeon", "FICT001", "--gmc", "FICT001", "--name", "FICTIONAL surgeon"]
    words += ["--benchmark", str(pack_file), "--passphrase-file", str(folder / "passphrase.txt")]
    assert plumb([*words, "--out", str(folder / "mine.age")]) == 3
    assert "(E427)" in capsys.readouterr().err
    assert not (folder / "mine.age").exists()
