"""The workbook of correction requests: what it says, and for whom it is encrypted."""

import io
import subprocess
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec
import openpyxl
import pytest

from core.errors import BadRecipientError, NoQueriesError, NoRecipientError
from core.extract.opening import Extract
from core.report.workbooks.queries_workbook import queries_workbook, sealed_queries
from core.review.events import Entry
from core.review.kept import archive_id
from core.review.queries import QueryDrafted, QuerySent
from core.review.state import ReviewState, replay
from core.sealing.age import Passphrase, X25519Identity, decrypt
from core.terminal.command import run as plumb
from tests.core.foreign_files import client
from tests.core.made_export import review

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
SECRET = "943 476 5919"
PASSPHRASE = "FICTIONAL words for requests"


def drafted(**changes: Any) -> QueryDrafted:
    plain = QueryDrafted(
        query="q1",
        extract=archive_id(review().extract),
        kind="wrong_risk_factor",
        case_id="CASE-0007",
        field="bmi",
        audit_value=79.0,
        proposed_value=29.0,
        evidence="=1+1 in the notes",
    )
    return msgspec.structs.replace(plain, **changes)


def state(*events: Any) -> ReviewState:
    return replay([Entry(id=str(n), at=AT, event=event) for n, event in enumerate(events)])


DRAFTS = (
    QuerySent(query="q2", on=date(2026, 11, 1), to="the audit", how="by post"),
    drafted(query="q3", case_id=None, kind="mine_but_absent", field=None, evidence="absent"),
)
STATE = state(drafted(query="q2", field="outcome.death"), *DRAFTS, drafted())


def rows(data: bytes) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].values)


def with_contact(**changes: Any) -> Extract:
    extract = review().extract
    contact = msgspec.structs.replace(extract.manifest.contact, **changes)
    return replace(extract, manifest=msgspec.structs.replace(extract.manifest, contact=contact))


def test_every_request_is_a_row_drafts_first() -> None:
    data = queries_workbook(review().extract, STATE, AT)
    told = rows(data)
    head = next(place for place, row in enumerate(told) if row[0] == "Number")
    found = {row[0]: row[1:] for row in told[head + 1 :]}
    assert list(found) == [1, 2, 3]
    assert found[2][0] == "not in the extract"
    assert found[1] == (
        "CASE-0007",
        "Risk factor wrong or missing",
        "Body mass index",
        "bmi",
        79,
        29,
        "=1+1 in the notes",
        "Saved on this computer only. Not sent.",
    )
    assert found[3][2] == "Death in hospital: as recorded"
    assert found[3][7] == "Recorded as sent"
    top = "\n".join(str(row[0]) for row in told[:head])
    assert "names cases" in top
    assert "Not sent. Send the file to corrections@example.invalid" in top
    assert "FICTIONAL" in top
    assert data == queries_workbook(review().extract, STATE, AT)


def test_a_value_to_be_removed_reads_leave_blank() -> None:
    blank = state(drafted(proposed_value=None, blank=True))
    assert rows(queries_workbook(review().extract, blank, AT))[-1][5:7] == (79, "leave blank")


@pytest.mark.parametrize("field", ["record_number", "patient.birth_date"])
def test_a_value_that_could_identify_a_patient_is_never_written(field: str) -> None:
    asked = drafted(kind="other", field=field, audit_value=SECRET, proposed_value=SECRET)
    data = queries_workbook(review().extract, state(asked), AT)
    row = rows(data)[-1]
    label = {"patient.birth_date": "Date of birth"}.get(field) or next(
        one.label for one in review().extract.manifest.fields if one.name == field
    )
    assert row[3:7] == (
        label,
        field,
        "not kept, since it could identify a patient",
        "to be looked up at the hospital",
    )
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert not [name for name in book.namelist() if SECRET.encode() in book.read(name)]


def test_requests_of_another_extract_stay() -> None:
    other = state(drafted(extract="0" * 64))
    with pytest.raises(NoQueriesError):
        queries_workbook(review().extract, other, AT)


def test_it_is_encrypted_for_the_contact_or_with_a_passphrase() -> None:
    identity = X25519Identity.generate()
    named = with_contact(corrections_recipient=str(identity.recipient))
    sealed = sealed_queries(named, STATE, AT)
    assert b"CASE-0007" not in sealed
    assert decrypt(sealed, [identity]) == queries_workbook(named, STATE, AT)
    chosen = sealed_queries(named, STATE, AT, Passphrase(PASSPHRASE), work_factor=2)
    assert rows(decrypt(chosen, [Passphrase(PASSPHRASE)]))[-1][1] == "CASE-0007"


def test_without_anyone_to_encrypt_for_it_is_refused() -> None:
    with pytest.raises(NoRecipientError):
        sealed_queries(with_contact(corrections_recipient=None), STATE, AT)
    with pytest.raises(BadRecipientError):
        sealed_queries(with_contact(corrections_recipient="age1nobody"), STATE, AT)


def test_the_age_program_opens_it(tmp_path: Path) -> None:
    identity = X25519Identity.generate()
    (tmp_path / "key").write_text(identity.text + "\n")
    sealed = tmp_path / "requests.xlsx.age"
    sealed.write_bytes(sealed_queries(review().extract, STATE, AT, identity.recipient))
    command = [client("age"), "-d", "-i", str(tmp_path / "key"), str(sealed)]
    plain = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout
    assert rows(plain)[-1][1] == "CASE-0007"


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """Return a folder, and the words that open the example's first extract."""
    folder = tmp_path_factory.mktemp("example")
    assert plumb(["example", str(folder / "example")]) == 0
    made = folder / "example"
    extract = sorted((made / "extracts").glob("*.age"))[0]
    notes = folder / "notes.json"
    notes.write_text(
        '{"notes": [{"text": "saw 943 476 5919 and Mr Smith", "outcome": "death"}], "queries": '
        '[{"kind": "other", "case": "CASE-0007", "evidence": "letter of 3 May 2025"}]}'
    )
    opening = ["--passphrase-file", str(made / "passphrase.txt"), "--trust", str(made / "trust")]
    return folder, ["export", str(extract), *opening, "--notes", str(notes)]


def test_the_terminal_never_writes_requests_in_the_clear_unasked(
    example: tuple[Path, list[str]], capfd: pytest.CaptureFixture[str]
) -> None:
    folder, words = example
    out = folder / "requests.xlsx"
    asked = [*words, "--kind", "queries", "--out", str(out)]
    assert plumb(asked) == 3
    assert "E933" in capfd.readouterr().err
    assert not out.exists()
    assert plumb([*asked, "--in-the-clear"]) == 0
    assert "names cases and is not encrypted" in capfd.readouterr().err
    assert rows(out.read_bytes())[-1][1] == "CASE-0007"


def test_the_terminal_encrypts_requests(
    example: tuple[Path, list[str]], capfd: pytest.CaptureFixture[str]
) -> None:
    folder, words = example
    identity = X25519Identity.generate()
    out = folder / "requests.xlsx.age"
    asked = [*words, "--kind", "queries", "--out", str(out)]
    assert plumb(asked) == 3
    assert "E932" in capfd.readouterr().err
    assert plumb([*asked, "--seal-for", str(identity.recipient)]) == 0
    assert "Not sent." in capfd.readouterr().err
    assert rows(decrypt(out.read_bytes(), [identity]))[-1][1] == "CASE-0007"


def test_the_terminal_writes_the_workbook_and_tells_of_identifiers(
    example: tuple[Path, list[str]], capfd: pytest.CaptureFixture[str]
) -> None:
    folder, words = example
    out = folder / "results.xlsx"
    asked = [*words, "--kind", "appraisal", "--at", "2026-11-22T09:30", "--out", str(out)]
    assert plumb(asked) == 0
    told = capfd.readouterr().err
    assert "Note 1: NHS number 9•• ••• •••• (taken out of every document)" in told
    assert "Note 1: name of a person M• ••••• (left in" in told
    assert "Smith" not in told
    first = out.read_bytes()
    assert plumb(asked) == 0
    assert out.read_bytes() == first
    assert "Cases" not in openpyxl.load_workbook(io.BytesIO(first)).sheetnames


@pytest.mark.parametrize("field", ["nhs_number", "patient.date_of_birth", "risk.nonsense"])
def test_the_terminal_refuses_a_field_that_the_extract_lacks(
    example: tuple[Path, list[str]], capfd: pytest.CaptureFixture[str], field: str
) -> None:
    folder, words = example
    query = {"kind": "other", "case": "CASE-0007", "field": field, "proposed_value": SECRET}
    notes = folder / "unknown.json"
    notes.write_bytes(msgspec.json.encode({"queries": [query]}))
    out = folder / "unknown.xlsx"
    asked = [*words[:-1], str(notes), "--kind", "queries", "--in-the-clear", "--out", str(out)]
    assert plumb(asked) == 3
    told = capfd.readouterr().err
    assert "E911" in told
    assert SECRET not in told
    assert not out.exists()


def test_values_of_an_unknown_field_in_a_journal_are_withheld() -> None:
    found = state(drafted(field="nhs_number", audit_value=SECRET, proposed_value="Jane Smith"))
    row = rows(queries_workbook(review().extract, found, AT))[-1]
    assert not [cell for cell in row if "943" in str(cell) or "Jane" in str(cell)]
    assert "nhs_number" not in row


def test_the_terminal_tells_of_identifiers_in_requests_and_takes_nhs_numbers_out(
    example: tuple[Path, list[str]], capfd: pytest.CaptureFixture[str]
) -> None:
    folder, words = example
    query = {
        "kind": "other", "case": "CASE-0007", "field": "provider", "proposed_value": 9434765919,
        "evidence": f"Mrs Jane Smith, NHS {SECRET}, and CASE-0007",
    }  # fmt: skip
    notes = folder / "telling.json"
    notes.write_bytes(msgspec.json.encode({"queries": [query]}))
    out = folder / "telling.xlsx"
    asked = [*words[:-1], str(notes), "--kind", "queries", "--in-the-clear", "--out", str(out)]
    assert plumb(asked) == 0
    told = capfd.readouterr().err
    assert "Request 1, evidence: NHS number" in told
    assert "Request 1, evidence: name of a person" in told
    assert "Request 1, proposed value: NHS number" in told
    assert SECRET not in told
    row = rows(out.read_bytes())[-1]
    assert row[6] == "[NHS number removed]"
    assert row[7] == "Mrs Jane Smith, NHS [NHS number removed], and CASE-0007"
