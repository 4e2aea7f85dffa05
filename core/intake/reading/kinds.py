"""What a file is, by its first bytes and not by its name."""

import io
import zipfile
from typing import Literal

from core.errors import FileLimitError, UnsupportedFileError
from core.intake.reading.failures import read_as
from core.sealing import age

Kind = Literal["age", "office", "workbook", "zip", "7z", "text"]

_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SEVEN = b"7z\xbc\xaf\x27\x1c"
MOST_ENTRIES = 5_000
_ENTRY = b"PK\x01\x02"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
RESAVE = "Open it in a spreadsheet program and save it as .xlsx with a password."
_FOREIGN = {
    b"%PDF": ("The file is a PDF, which holds no records that can be read.", None),
    b"Rar!": ("The file is a RAR archive.", "Ask for it as an encrypted .zip, .7z or .xlsx."),
    b"\x1f\x8b": ("The file is a gzip archive.", "Unpack it, and open what is in it."),
    b"-----BEGIN PGP": (
        "The file is sealed with PGP.",
        "Open it with the program the audit names, and open here what comes out.",
    ),
    b"<html": ("The file is a web page under another name.", RESAVE),
    b"<!DOCTYPE": ("The file is a web page under another name.", RESAVE),
    b"<?xml": ("The file is XML, which is not read.", RESAVE),
    b"{\\rtf": ("The file is a text document, not a table.", None),
}


def kind_of(data: bytes) -> Kind:
    """Return the kind of the file `data`; UnsupportedFileError says what to do about others."""
    if age.is_sealed(data):
        return "age"
    if data.startswith(_OFFICE):
        return "office"
    if data.startswith(_SEVEN):
        return "7z"
    if data.startswith(_ZIP):
        return _kind_of_zip(data)
    for start, (message, hint) in _FOREIGN.items():
        if data[:64].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(start.lower()):
            raise UnsupportedFileError(message, hint)
    return "text"


def _kind_of_zip(data: bytes) -> Kind:
    if data.count(_ENTRY) > MOST_ENTRIES:
        raise FileLimitError(f"The archive holds more than {MOST_ENTRIES:,} files.")
    with read_as(), zipfile.ZipFile(io.BytesIO(data)) as zipped:
        names = {name.lower() for name in zipped.namelist()}
    if "[content_types].xml" not in names:
        if {"mimetype", "content.xml"} <= names:
            raise UnsupportedFileError("The file is an OpenDocument file.", RESAVE)
        return "zip"
    if "xl/workbook.xml" in names:
        return "workbook"
    if "xl/workbook.bin" in names:
        raise UnsupportedFileError("The file is a binary workbook (.xlsb).", RESAVE)
    raise UnsupportedFileError("The file is an Office document, but not a workbook.")
