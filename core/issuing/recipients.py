"""For whom extracts are sealed: the audit office's table of recipients."""

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from pathlib import PureWindowsPath

import pandas as pd

from core.errors import BadRecipientError, BadTableError, PlumblineError
from core.extract.manifest import Surgeon
from core.intake.table import FIRST_ROW, read_table
from core.sealing.age import Passphrase, Recipient, X25519Recipient

COLUMNS = ("gmc", "name", "recipient", "passphrase_file", "signing_key_sha256")
_DIGEST_LENGTH = 64
_LONGEST_CODE = 64
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")

ReadPassphrase = Callable[[str], bytes]
Cells = dict[Hashable, str]


@dataclass(frozen=True, slots=True)
class Addressee:
    """One surgeon and what their extract is sealed for."""

    surgeon: Surgeon
    seal_for: Recipient

    @property
    def remembered(self) -> str:
        """What may be kept on disk of it: the public key, or only that it is a passphrase."""
        sealed = "passphrase" if isinstance(self.seal_for, Passphrase) else str(self.seal_for)
        return f"{sealed} {self.surgeon.signing_key_sha256 or '-'}"


def read_recipients(data: bytes, read_passphrase: ReadPassphrase) -> tuple[Addressee, ...]:
    """Return the addressees in the CSV `data`; a passphrase file's first line is the passphrase.

    `read_passphrase` gives the bytes of a file named in the table. Each row has a `recipient`
    (age1…) or a `passphrase_file`. Raises BadRecipientError naming the row.
    """
    try:
        table = read_table(data)
    except BadTableError as error:
        raise BadRecipientError(error.message) from None
    if missing := [name for name in COLUMNS[:2] if name not in table]:
        raise BadRecipientError(f"The recipients have no column {missing[0]!r}.")
    table = table.reindex(columns=list(COLUMNS), fill_value="")
    _check_unique(table)
    rows = enumerate(table.to_dict("records"), start=FIRST_ROW)
    return tuple(_addressee(row, cells, read_passphrase) for row, cells in rows)


def _check_unique(table: pd.DataFrame) -> None:
    again = table["gmc"].duplicated().to_numpy()
    if again.any():
        raise BadRecipientError(
            f"Row {int(again.argmax()) + FIRST_ROW}: this surgeon stands on an earlier row too."
        )


def _addressee(row: int, cells: Cells, read_passphrase: ReadPassphrase) -> Addressee:
    if not cells["gmc"] or not cells["name"]:
        raise BadRecipientError(f"Row {row} lacks a GMC number or a name.")
    if len(cells["gmc"]) > _LONGEST_CODE or _UNSEEN.search(cells["gmc"] + cells["name"]):
        raise BadRecipientError(
            f"Row {row}: a code is longer than {_LONGEST_CODE} characters, or it or the name "
            "holds a line break or a character that cannot be seen."
        )
    digest = cells["signing_key_sha256"].lower()
    if digest and (len(digest) != _DIGEST_LENGTH or not set(digest) <= set("0123456789abcdef")):
        raise BadRecipientError(f"Row {row}: the signing key is not a SHA-256 in hexadecimal.")
    surgeon = Surgeon(name=cells["name"], gmc=cells["gmc"], signing_key_sha256=digest or None)
    try:
        return Addressee(surgeon, _seal_for(cells, read_passphrase))
    except PlumblineError as error:
        raise BadRecipientError(f"Row {row}: {error.message}", error.hint) from None


def _seal_for(cells: Cells, read_passphrase: ReadPassphrase) -> Recipient:
    if cells["recipient"]:
        return X25519Recipient.parse(cells["recipient"])
    if not cells["passphrase_file"]:
        raise BadRecipientError("There is neither a recipient nor a passphrase file.")
    return Passphrase(first_line(read_passphrase(_beside(cells["passphrase_file"]))))


def _beside(name: str) -> str:
    """Return `name`; refuse one that leads out of the recipients' folder on any system."""
    path = PureWindowsPath(name)
    if path.anchor or ":" in name or ".." in path.parts:
        raise BadRecipientError(
            "The passphrase file must lie beside the recipients.", "Name it without its folder."
        )
    return name


def first_line(data: bytes) -> str:
    """Return the first line of a passphrase file, without its end."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadRecipientError("The passphrase file is not text in UTF-8.") from None
    return text.split("\n", 1)[0].removesuffix("\r")
