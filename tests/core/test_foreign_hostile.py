"""Broken and hostile files: only errors for the user come out, in bounded time and memory."""

import io
import logging
import random
import struct
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import py7zr
import pytest
import pyzipper
from hypothesis import given, settings
from hypothesis import strategies as st
from msoffcrypto.method.ecma376_agile import ECMA376Agile
from openpyxl import Workbook

from core.errors import (
    DamagedFileError,
    ExcessiveWorkFactorError,
    FileLimitError,
    NoTableError,
    PlumblineError,
)
from core.intake.reading.limits import Limits
from core.intake.reading.opening import open_foreign
from core.intake.reading.zip_archive import unpack_zip
from core.sealing import age
from tests.core.foreign_files import (
    PASSWORD,
    archived,
    plain_workbook,
    zip_crypto,
    zipped,
)
from tests.core.foreign_kinds import CSV, agile
from tests.core.libreoffice import sealed_by_libreoffice

MEGABYTE = 1024 * 1024
PATIENCE = 20.0
SLOW = {"agile", "standard", "7z"}


def aes_zip(data: bytes, name: str = "cases.csv") -> bytes:
    held = io.BytesIO()
    with pyzipper.AESZipFile(held, "w", 8, encryption=pyzipper.WZ_AES) as made:
        made.setpassword(PASSWORD.encode())
        made.writestr(name, data)
    return held.getvalue()


def seven(data: bytes, name: str = "cases.csv", password: str | None = PASSWORD) -> bytes:
    held = io.BytesIO()
    with py7zr.SevenZipFile(held, "w", password=password) as made:
        made.writestr(data, name)
    return held.getvalue()


MADE: dict[str, Callable[[Path], bytes]] = {
    "agile": lambda folder: agile(plain_workbook()),
    "standard": lambda folder: sealed_by_libreoffice(plain_workbook()),
    "workbook": lambda folder: plain_workbook(),
    "AES zip": lambda folder: zipped(folder, "c.csv", CSV, f"-p{PASSWORD}", "-mem=AES256"),
    "zip": lambda folder: zipped(folder, "c.csv", CSV),
    "ZipCrypto": lambda folder: zip_crypto(folder, "c.csv", CSV),
    "7z": lambda folder: archived(folder, "a.7z", "c.csv", CSV, f"-p{PASSWORD}", "-mhe=on"),
    "open 7z": lambda folder: archived(folder, "a.7z", "c.csv", CSV),
    "age": lambda folder: age.encrypt(CSV, [age.Passphrase(PASSWORD)], work_factor=4),
    "csv": lambda folder: CSV,
}


def survives(data: bytes) -> None:
    """Open the bytes; anything but a table or an error for the user fails the test."""
    started = time.monotonic()
    with suppress(PlumblineError):
        assert open_foreign(data, "cases", [PASSWORD], accept_weak=True).tables
    assert time.monotonic() - started < PATIENCE


@pytest.mark.parametrize("kind", MADE)
def test_cut_short_anywhere(kind: str, tmp_path: Path) -> None:
    data = MADE[kind](tmp_path)
    chance = random.Random(7)
    ends = {0, 1, 4, 8, 31, len(data) - 1, *(chance.randrange(len(data)) for _ in range(12))}
    for end in ends:
        survives(data[:end])


@pytest.mark.parametrize("kind", MADE)
def test_changed_anywhere(kind: str, tmp_path: Path) -> None:
    data = MADE[kind](tmp_path)
    chance = random.Random(11)
    for _ in range(20 if kind in SLOW else 60):
        changed = bytearray(data)
        for _ in range(chance.choice((1, 1, 4))):
            place = chance.choice(
                (chance.randrange(len(data)), chance.randrange(min(600, len(data))))
            )
            changed[place] = chance.choice((changed[place] ^ 1 << chance.randrange(8), 0, 255))
        survives(bytes(changed))


def test_a_changed_sheet_inside_a_sound_workbook() -> None:
    chance = random.Random(13)
    with zipfile.ZipFile(io.BytesIO(plain_workbook())) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    for _ in range(150):
        name = chance.choice(sorted(parts))
        text = bytearray(parts[name])
        place = chance.randrange(len(text))
        text[place : place + chance.choice((0, 1, 9))] = chance.choice((b"", b"<", b'"', b"9" * 12))
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", 8) as new:
            for each, whole in parts.items():
                new.writestr(each, bytes(text) if each == name else whole)
        survives(held.getvalue())


STARTS = (
    b"",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"7z\xbc\xaf\x27\x1c",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
)


@settings(max_examples=200)
@given(st.sampled_from((*STARTS, b"age-encryption.org/v1\n", b"\xff\xfe")), st.binary(max_size=400))
def test_any_bytes(start: bytes, rest: bytes) -> None:
    survives(start + rest)


@settings(max_examples=200)
@given(st.text(st.sampled_from('",;\t\r\n aé1=|\x00'), max_size=60))
def test_any_text(text: str) -> None:
    survives(text.encode())


def test_a_zip_bomb_is_refused_by_what_it_states(tmp_path: Path) -> None:
    data = zipped(tmp_path, "bomb.csv", b"0" * 30 * MEGABYTE)
    assert len(data) < MEGABYTE
    with pytest.raises(FileLimitError, match="times its size"):
        open_foreign(data, "bomb.zip", accept_weak=True)


def test_an_aes_zip_that_states_less_than_it_holds_is_stopped() -> None:
    data = aes_zip(b"0" * 30 * MEGABYTE)
    lying = data.replace(struct.pack("<I", 30 * MEGABYTE), struct.pack("<I", MEGABYTE))
    assert lying != data
    reads: list[None] = []
    with pytest.raises(DamagedFileError):
        unpack_zip(lying, [PASSWORD], Limits(), lambda: reads.append(None))
    assert len(reads) <= 2


def test_a_7z_bomb_is_refused_by_what_it_states(tmp_path: Path) -> None:
    for options in ((), (f"-p{PASSWORD}", "-mhe=on")):
        folder = tmp_path / str(len(options))
        folder.mkdir()
        data = archived(folder, "a.7z", "bomb.csv", b"0" * 30 * MEGABYTE, *options)
        with pytest.raises(FileLimitError, match="times its size"):
            open_foreign(data, "bomb.7z", [PASSWORD], accept_weak=True)


def test_a_directory_of_very_many_files_is_refused_before_it_is_listed() -> None:
    entries = b"PK\x01\x02" * 5_001
    with pytest.raises(FileLimitError, match="5,000 files"):
        open_foreign(b"PK\x03\x04" + entries, "a.zip", accept_weak=True)


@pytest.mark.parametrize("row", [b"," * 17 * MEGABYTE, b'"\n",' * 5 * MEGABYTE])
def test_one_endless_row_of_text_is_refused_while_it_is_read(row: bytes) -> None:
    with pytest.raises(FileLimitError, match="A row"):
        open_foreign(b"a,b\n1,2\n" + row, "a.csv", accept_weak=True)


def test_no_password_is_in_a_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        for data in (sealed_by_libreoffice(plain_workbook()), aes_zip(CSV), seven(CSV)):
            assert open_foreign(data, "cases", [PASSWORD]).tables
    assert PASSWORD not in caplog.text


def test_the_total_of_an_archive_is_limited() -> None:
    random_text = random.Random(3).randbytes(100_000).hex().encode()
    for data in (aes_zip(random_text), seven(random_text)):
        with pytest.raises(FileLimitError, match="unpack to more"):
            open_foreign(data, "a", [PASSWORD], limits=Limits(unpacked=100_000))


def test_too_many_members_are_refused() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        for place in range(501):
            made.writestr(f"{place}.csv", b"a,b\n1,2\n")
    with pytest.raises(FileLimitError, match="more than 500 files"):
        open_foreign(held.getvalue(), "a.zip", accept_weak=True)


@pytest.mark.parametrize("wrap", [aes_zip, seven])
def test_nesting_is_limited(wrap: Callable[[bytes, str], bytes]) -> None:
    ending = "zip" if wrap is aes_zip else "7z"
    data = wrap(CSV, "cases.csv")
    for _ in range(2):
        data = wrap(data, f"inner.{ending}")
    assert open_foreign(data, "a", [PASSWORD]).tables
    with pytest.raises(FileLimitError, match="3 deep"):
        open_foreign(wrap(data, f"inner.{ending}"), "a", [PASSWORD])


def test_a_workbook_that_would_take_years_to_unlock_is_refused() -> None:
    with pytest.raises(ExcessiveWorkFactorError):
        open_foreign(agile(plain_workbook()), "a.xlsx", [PASSWORD], limits=Limits(spins=99_999))


def test_other_files_in_an_archive_are_told_and_not_read() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        made.writestr("cases.csv", CSV)
        made.writestr("letter.docx", b"never read")
        made.writestr("__MACOSX/._cases.csv", b"\x00\x05\x16\x07")
    foreign = open_foreign(held.getvalue(), "a.zip", accept_weak=True)
    assert "Other files in the archive, not read: 2." in foreign.remarks
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        made.writestr("letter.docx", b"never read")
    with pytest.raises(NoTableError):
        open_foreign(held.getvalue(), "a.zip", accept_weak=True)


@pytest.mark.parametrize("options", [("-tzip",), ("-t7z",)])
def test_an_empty_file_beside_others_is_told(tmp_path: Path, options: tuple[str, ...]) -> None:
    (tmp_path / "empty.csv").touch()
    archived(tmp_path, "a.bin", "empty.csv", b"", *options)
    with pytest.raises(NoTableError):
        open_foreign((tmp_path / "a.bin").read_bytes(), "a", accept_weak=True)
    data = archived(tmp_path, "a.bin", "cases.csv", CSV, *options)
    foreign = open_foreign(data, "a", accept_weak=True)
    assert len(foreign.tables) == 1
    assert any(said.endswith(": 1.") for said in foreign.remarks)


def test_names_that_climb_out_of_the_archive_go_nowhere(tmp_path: Path) -> None:
    outside = tmp_path / "outside.csv"
    for name in ("../outside.csv", str(outside)):
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as made:
            made.writestr(name, CSV)
        assert open_foreign(held.getvalue(), "a.zip", accept_weak=True).tables
    assert not outside.exists()


def test_a_workbook_that_is_not_one_inside_is_refused() -> None:
    for inner in (b"PK\x03\x04 nothing", saved_document()):
        with pytest.raises(PlumblineError):
            open_foreign(agile_of_anything(inner), "a.xlsx", [PASSWORD])


def saved_document() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        made.writestr("[Content_Types].xml", b"<Types/>")
        made.writestr("word/document.xml", b"<document/>")
    return held.getvalue()


def agile_of_anything(inner: bytes) -> bytes:
    return bytes(ECMA376Agile.encrypt(PASSWORD, io.BytesIO(inner)))


def test_no_name_and_no_cell_is_in_an_error() -> None:
    workbook = Workbook()
    workbook.create_sheet("FICTIONAL patient")["XFD1048576"] = "FICTIONAL value"
    held = io.BytesIO()
    workbook.save(held)
    with pytest.raises(FileLimitError) as told:
        open_foreign(aes_zip(held.getvalue(), "FICTIONAL name.xlsx"), "FICTIONAL", [PASSWORD])
    assert "FICTIONAL" not in str(told.value)
