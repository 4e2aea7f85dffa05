"""The audit office's table of recipients."""

import pytest

from core.errors import (
    BadRecipientError,
    ReadFailedError,
)
from core.issuing.recipients import first_line, read_recipients


def recipients(*rows: str) -> bytes:
    header = "gmc,name,recipient,passphrase_file,signing_key_sha256"
    return "\n".join((header, *rows, "")).encode()


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (["G1,One,,,"], "Row 1: There is neither a recipient nor a passphrase file."),
        (["G1,One,age1nonsense,,"], "Row 1: The recipient is not an age recipient (age1…)."),
        (["G1,,,p.txt,"], "Row 1 lacks a GMC number or a name."),
        (["G1,A,,p,", "G1,B,,p,"], "Row 2: this surgeon stands on an earlier row too."),
        (["G1,A,,p,xyz"], "Row 1: the signing key is not a SHA-256 in hexadecimal."),
        (["G1,A,,empty,"], "Row 1: The password is empty."),
        (["G1,A"], "Row 1 has 2 cells; the header has 5."),
    ],
)
def test_a_wrong_row_of_recipients_is_named(rows: list[str], message: str) -> None:
    with pytest.raises(BadRecipientError) as error:
        read_recipients(recipients(*rows), lambda name: b"\n" if name == "empty" else b"x")
    assert error.value.message == message


def test_a_missing_passphrase_file_names_its_row() -> None:
    def absent(name: str) -> bytes:
        raise ReadFailedError("The file could not be read: no such file.")

    with pytest.raises(BadRecipientError, match=r"^Row 1"):
        read_recipients(recipients("G1,A,,p,"), absent)


def test_a_passphrase_is_the_first_line_without_its_end() -> None:
    assert first_line(b"\xef\xbb\xbfcorrect horse \r\nmore") == "correct horse "
    with pytest.raises(BadRecipientError):
        first_line(b"\xff\xfe")


@pytest.mark.parametrize(
    "row",
    ["G1,A\u202eB,,p,", '"G1","A\nB",,p,', "G1,A\u009bB,,p,", f"{'G' * 65},A,,p,"],
)
def test_a_code_or_name_that_no_extract_can_bear_is_refused_with_its_row(row: str) -> None:
    with pytest.raises(BadRecipientError, match=r"^Row 1"):
        read_recipients(recipients(row), lambda name: b"x")


@pytest.mark.parametrize(
    "name", ["../p", "sub/../../p", "/p", "C:\\p", "C:p", "..\\p", "\\\\host\\share\\p", "p:stream"]
)
def test_a_passphrase_file_outside_the_recipients_folder_is_not_read(name: str) -> None:
    with pytest.raises(BadRecipientError, match=r"^Row 1: .* beside"):
        read_recipients(recipients(f"G1,A,,{name},"), lambda name: b"x")
