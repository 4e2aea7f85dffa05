"""Files made by real programs open to the same table, whatever they are packed in."""

import io
from hashlib import sha256
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from core.errors import (
    CancelledError,
    DamagedFileError,
    PasswordNeededError,
    UnsupportedFileError,
    WeakProtectionError,
    WrongKeyError,
    WrongPasswordError,
)
from core.intake.reading.foreign import Foreign
from core.intake.reading.opening import NOT_ENCRYPTED, ZIP_CRYPTO, open_foreign
from core.intake.table_area import table_area
from core.sealing import age
from tests.core.foreign_files import (
    HEADER,
    PASSWORD,
    RECORDS,
    archived,
    by_libreoffice,
    client,
    csv_text,
    plain_workbook,
    run,
    zip_crypto,
    zipped,
)
from tests.core.foreign_kinds import AES, CSV, OPEN, STRONG, WEAK, agile
from tests.core.libreoffice import opened_by_libreoffice, sealed_by_libreoffice

ROOT = Path(__file__).resolve().parents[2]


def texts(foreign: Foreign) -> list[list[str]]:
    """The records' cells as text, without what a writer made of numbers and dates."""
    (table,) = foreign.tables
    area = table_area(table.rows)
    assert area.names == HEADER
    return [[str(table.rows[row, place]) for place in (0, 2)] for row in area.records]


EXPECTED = [[record[0], record[2]] for record in RECORDS]


@pytest.mark.parametrize("kind", STRONG)
def test_a_protected_file_opens_with_its_password(kind: str, tmp_path: Path) -> None:
    data = STRONG[kind](tmp_path)
    foreign = open_foreign(data, "from the audit/cases.bin", ["another", PASSWORD])
    assert texts(foreign) == EXPECTED
    assert foreign.protection == "strong"
    assert foreign.name == "cases.bin"
    assert foreign.digest == sha256(data).hexdigest()
    assert NOT_ENCRYPTED not in foreign.remarks


@pytest.mark.parametrize("kind", STRONG)
def test_without_a_password_one_is_asked_for(kind: str, tmp_path: Path) -> None:
    with pytest.raises(PasswordNeededError, match="from the audit"):
        open_foreign(STRONG[kind](tmp_path), "cases")


@pytest.mark.parametrize("kind", STRONG)
def test_a_wrong_password_is_told(kind: str, tmp_path: Path) -> None:
    with pytest.raises(WrongKeyError) as told:
        open_foreign(STRONG[kind](tmp_path), "cases", ["another"])
    assert "password" in str(told.value).lower()


def test_a_wrong_password_asks_for_the_one_from_the_audit() -> None:
    with pytest.raises(WrongPasswordError, match="password for this file \\(from the audit\\)"):
        open_foreign(agile(plain_workbook()), "cases.xlsx", ["another"])


def test_7z_says_that_it_cannot_tell(tmp_path: Path) -> None:
    with pytest.raises(WrongPasswordError, match="cannot tell which"):
        open_foreign(STRONG["7z"](tmp_path), "cases.7z", ["another"])


@pytest.mark.parametrize("kind", WEAK)
def test_weak_encryption_is_opened_only_when_accepted(kind: str, tmp_path: Path) -> None:
    data = WEAK[kind](tmp_path)
    with pytest.raises(WeakProtectionError, match="ZipCrypto"):
        open_foreign(data, "cases.zip", [PASSWORD])
    foreign = open_foreign(data, "cases.zip", [PASSWORD], accept_weak=True)
    assert texts(foreign) == EXPECTED
    assert foreign.protection == "weak"
    assert foreign.remarks[0] == ZIP_CRYPTO


@pytest.mark.parametrize("kind", WEAK)
def test_a_wrong_password_of_weak_encryption_is_told(kind: str, tmp_path: Path) -> None:
    with pytest.raises(WrongPasswordError):
        open_foreign(WEAK[kind](tmp_path), "cases.zip", ["another"], accept_weak=True)


@pytest.mark.parametrize("kind", OPEN)
def test_an_open_file_is_opened_only_when_accepted(kind: str, tmp_path: Path) -> None:
    data = OPEN[kind](tmp_path)
    with pytest.raises(WeakProtectionError, match="not encrypted"):
        open_foreign(data, "cases")
    foreign = open_foreign(data, "cases", accept_weak=True)
    assert texts(foreign) == EXPECTED
    assert foreign.protection == "none"
    assert foreign.remarks[0] == NOT_ENCRYPTED


def test_weak_encryption_inside_strong_needs_no_warning(tmp_path: Path) -> None:
    inner = zip_crypto(tmp_path, "cases.csv", CSV)
    data = zipped(tmp_path, "old.zip", inner, *AES)
    assert open_foreign(data, "cases.zip", [PASSWORD]).protection == "strong"


def test_age_opens_with_the_key_it_was_sealed_for(tmp_path: Path) -> None:
    identity = age.X25519Identity.generate()
    (tmp_path / "cases.csv").write_bytes(CSV)
    recipient = str(identity.recipient)
    run(client("age"), "-r", recipient, "-o", "cases.age", "cases.csv", cwd=tmp_path)
    data = (tmp_path / "cases.age").read_bytes()
    assert texts(open_foreign(data, "cases.age", identities=[identity])) == EXPECTED
    with pytest.raises(WrongKeyError):
        open_foreign(data, "cases.age", identities=[age.X25519Identity.generate()])


def test_the_path_inside_the_file_is_told(tmp_path: Path) -> None:
    inner = zipped(tmp_path, "cases.xlsx", plain_workbook())
    data = archived(tmp_path, "all.7z", "made.zip", inner, f"-p{PASSWORD}")
    foreign = open_foreign(data, "all.7z", [PASSWORD])
    assert [table.source for table in foreign.tables] == ["all.7z › made.zip › cases.xlsx › Cases"]


def test_standard_encryption_is_said_to_have_no_integrity_check() -> None:
    data = sealed_by_libreoffice(plain_workbook())
    foreign = open_foreign(data, "cases.xlsx", [PASSWORD])
    assert any("cannot show whether the file was altered" in said for said in foreign.remarks)
    assert not open_foreign(agile(plain_workbook()), "cases.xlsx", [PASSWORD]).remarks


def test_the_password_built_into_spreadsheet_programs_protects_nothing() -> None:
    data = agile(plain_workbook(), "VelvetSweatshop")
    with pytest.raises(WeakProtectionError):
        open_foreign(data, "cases.xlsx")
    foreign = open_foreign(data, "cases.xlsx", accept_weak=True)
    assert foreign.protection == "none"
    assert any("built into spreadsheet programs" in said for said in foreign.remarks)


def test_libreoffice_opens_the_agile_file_of_these_tests() -> None:
    assert opened_by_libreoffice(agile(plain_workbook())).startswith("Case,Age,Sex")


def test_an_altered_agile_workbook_is_damaged() -> None:
    data = bytearray(agile(plain_workbook()))
    package = data.index(OOXMLFile(io.BytesIO(data)).file.openstream("EncryptedPackage").read(64))
    data[package + 40] ^= 1
    with pytest.raises(DamagedFileError, match="altered"):
        open_foreign(bytes(data), "cases.xlsx", [PASSWORD])


def test_an_altered_aes_zip_is_damaged(tmp_path: Path) -> None:
    data = bytearray(STRONG["AES zip of a CSV"](tmp_path))
    data[data.index(b"cases.csv") + 70] ^= 1
    with pytest.raises(DamagedFileError, match="altered"):
        open_foreign(bytes(data), "cases.zip", [PASSWORD])


@pytest.mark.parametrize(
    ("target", "word"), [("xls", "old .xls"), ("ods", "OpenDocument"), ("pdf", "PDF")]
)
def test_other_kinds_are_refused_with_a_way_out(tmp_path: Path, target: str, word: str) -> None:
    with pytest.raises(UnsupportedFileError, match=word):
        open_foreign(by_libreoffice(tmp_path, csv_text(), target), "cases", accept_weak=True)


def test_stop_is_heeded() -> None:
    def stop(done: int, total: int, label: str) -> None:
        raise CancelledError("Stopped.")

    for data in (agile(plain_workbook()), CSV):
        with pytest.raises(CancelledError):
            open_foreign(data, "cases", [PASSWORD], stop, accept_weak=True)
