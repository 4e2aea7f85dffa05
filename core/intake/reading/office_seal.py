"""Password-protected workbooks: the two encryptions of ECMA-376 opened in memory.

Source: [MS-OFFCRYPTO], Office Document Cryptography Structure, 2.3.4 (ECMA-376 encryption).
"""

import io
import logging
from collections.abc import Sequence
from dataclasses import dataclass

import olefile
from msoffcrypto.format.ooxml import OOXMLFile

from core.errors import (
    DamagedFileError,
    ExcessiveWorkFactorError,
    PasswordNeededError,
    UnsupportedFileError,
    WrongPasswordError,
)
from core.intake.reading.failures import read_as
from core.intake.reading.foreign import Protection
from core.intake.reading.kinds import RESAVE
from core.intake.reading.limits import Limits

STANDARD = (
    "The workbook's encryption is of the older standard kind, which cannot show whether the file"
    " was altered."
)
BUILT_IN = (
    "The workbook is locked against changes by a password built into spreadsheet programs, which"
    " protects nothing."
)
_BUILT_IN = "VelvetSweatshop"
_AES = {0x660E, 0x660F, 0x6610}

# The library's debug lines hold the password and the key.
logging.getLogger("msoffcrypto").setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class Unsealed:
    """A workbook out of its encryption, how that protected it, and what to know of it."""

    data: bytes
    shield: Protection
    remarks: tuple[str, ...]


def unseal_workbook(data: bytes, passwords: Sequence[str], limits: Limits) -> Unsealed:
    """Return the workbook inside the encrypted `data`.

    Agile encryption is checked for integrity; standard encryption has no such check. Raises
    UnsupportedFileError (an old .xls among others), PasswordNeededError, WrongPasswordError,
    ExcessiveWorkFactorError or DamagedFileError.
    """
    with read_as():
        _check_streams(data)
        sealed = OOXMLFile(io.BytesIO(data))
        _check_method(sealed, limits)
    for password in passwords:
        if _unlocks(sealed, password):
            told = (STANDARD,) if sealed.type == "standard" else ()
            return Unsealed(_decrypt(sealed), "strong", told)
    if _unlocks(sealed, _BUILT_IN):
        return Unsealed(_decrypt(sealed), "none", (BUILT_IN,))
    if not passwords:
        raise PasswordNeededError("The workbook is locked with a password.")
    raise WrongPasswordError("The password does not open the workbook.")


def _check_streams(data: bytes) -> None:
    with olefile.OleFileIO(io.BytesIO(data)) as container:
        if container.exists("EncryptionInfo") and container.exists("EncryptedPackage"):
            return
        if container.exists("Workbook") or container.exists("Book"):
            raise UnsupportedFileError("The file is a workbook of the old .xls kind.", RESAVE)
    raise UnsupportedFileError("The file is an Office document, but not a workbook.")


def _check_method(sealed: OOXMLFile, limits: Limits) -> None:
    if sealed.type == "agile" and sealed.info["spinValue"] > limits.spins:
        raise ExcessiveWorkFactorError("Opening this workbook would take too much time.")
    if sealed.type == "standard" and sealed.info["header"]["algId"] not in _AES:
        raise UnsupportedFileError("The workbook is encrypted in a way that is not read.", RESAVE)


def _unlocks(sealed: OOXMLFile, password: str) -> bool:
    try:
        with read_as():
            sealed.load_key(password=password, verify_password=True)
    except DamagedFileError:
        return False
    return True


def _decrypt(sealed: OOXMLFile) -> bytes:
    plain = io.BytesIO()
    with read_as(DamagedFileError("The workbook was altered or damaged after it was encrypted.")):
        sealed.decrypt(plain, verify_integrity=sealed.type == "agile")
    return plain.getvalue()
