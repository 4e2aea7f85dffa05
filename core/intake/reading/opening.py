"""Open whatever an audit sent: seal within archive within workbook, down to raw tables."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import PurePath

from core.errors import (
    FileLimitError,
    NoTableError,
    PasswordNeededError,
    UnsupportedFileError,
    WeakProtectionError,
)
from core.intake.reading.foreign import PATH, Foreign, ForeignTable, Protection, Report
from core.intake.reading.kinds import Kind, kind_of
from core.intake.reading.limits import USUAL, Limits
from core.intake.reading.member import Member
from core.intake.reading.office_seal import unseal_workbook
from core.intake.reading.seven_zip import unpack_7z
from core.intake.reading.text_table import read_text_table
from core.intake.reading.workbook import read_workbook
from core.intake.reading.zip_archive import unpack_zip
from core.sealing import age

OPENING = "Opening the file"
DECRYPTING = "Decrypting the file"
UNPACKING = "Unpacking the archive"
READING = "Reading the table"

NOT_ENCRYPTED = "The file is not encrypted: whoever came by it could read and change it."
ZIP_CRYPTO = "The archive's encryption (ZipCrypto) is weak: it can be broken without the password."
_WEAKNESS: dict[Protection, str] = {"none": NOT_ENCRYPTED, "weak": ZIP_CRYPTO}
_STRENGTH: dict[Protection, int] = {"none": 0, "weak": 1, "strong": 2}


def silent(done: int, total: int, label: str) -> None:
    """Report progress to nobody."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What holds for every layer of one file."""

    passwords: tuple[str, ...]
    identities: tuple[age.Opener, ...]
    report: Report
    limits: Limits
    accept_weak: bool
    with_hidden: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Held:
    """What one layer holds, all told, and the weakest protection among its tables."""

    protection: Protection
    tables: tuple[ForeignTable, ...]
    hidden: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def open_foreign(
    data: bytes,
    name: str,
    passwords: Sequence[str] = (),
    report: Report = silent,
    *,
    identities: Sequence[age.Opener] = (),
    accept_weak: bool = False,
    with_hidden: bool = False,
    limits: Limits = USUAL,
) -> Foreign:
    """Return all tables in the file `data`, called `name`, whatever they are packed in.

    Every password is tried on every lock, and `identities` on age files. A file that is not
    encrypted, or only by ZipCrypto, is WeakProtectionError unless `accept_weak`. Hidden sheets are
    listed, and read only `with_hidden`. `report(done, total, label)` may raise to stop. Nothing is
    written to a disk. Raises E101 to E107 (age), E410 to E417.
    """
    limits.check_file(len(data))
    report(0, 1, OPENING)
    spoken = tuple(dict.fromkeys(password for password in passwords if password))
    asked = _Asked(spoken, tuple(identities), report, limits, accept_weak, with_hidden)
    held = _open(data, PurePath(name).name, "none", 0, asked)
    report(1, 1, OPENING)
    weak = _WEAKNESS.get(held.protection)
    remarks = (weak, *held.remarks) if weak else held.remarks
    return Foreign(
        name=PurePath(name).name,
        digest=sha256(data).hexdigest(),
        protection=held.protection,
        tables=held.tables,
        hidden=held.hidden,
        remarks=tuple(dict.fromkeys(remarks)),
    )


def _open(data: bytes, source: str, shield: Protection, depth: int, asked: _Asked) -> _Held:
    """Open one layer; `shield` is the strongest protection around it."""
    if depth > asked.limits.depth:
        raise FileLimitError(f"Files stand inside one another more than {asked.limits.depth} deep.")
    if not data:
        raise NoTableError("The file is empty.")
    kind = kind_of(data)
    if kind == "age":
        return _open(_unseal(data, asked), source, "strong", depth + 1, asked)
    if kind == "office":
        return _open_encrypted_workbook(data, source, shield, asked)
    if kind == "workbook":
        return _open_workbook(data, source, shield, asked)
    if kind == "text":
        return _open_text(data, source, shield, asked)
    return _open_archive(data, kind, source, shield, depth, asked)


def _unseal(data: bytes, asked: _Asked) -> bytes:
    if age.needs_password(data) and not asked.passwords:
        raise PasswordNeededError("The file is sealed with a password.")
    openers = (*asked.identities, *map(age.Passphrase, asked.passwords))
    return age.decrypt(
        data, openers, on_progress=lambda done: asked.report(int(done * 100), 100, DECRYPTING)
    )


def _open_encrypted_workbook(data: bytes, source: str, shield: Protection, asked: _Asked) -> _Held:
    asked.report(0, 1, DECRYPTING)
    unsealed = unseal_workbook(data, asked.passwords, asked.limits)
    if kind_of(unsealed.data) != "workbook":
        raise UnsupportedFileError("The encrypted Office document is not a workbook.")
    held = _open_workbook(unsealed.data, source, _stronger(shield, unsealed.shield), asked)
    return replace(held, remarks=(*unsealed.remarks, *held.remarks))


def _open_workbook(data: bytes, source: str, shield: Protection, asked: _Asked) -> _Held:
    _check_shield(shield, asked)
    tables, hidden, remarks = read_workbook(
        data, source, asked.limits, asked.report, with_hidden=asked.with_hidden
    )
    return _Held(shield, tuple(tables), hidden, remarks)


def _open_text(data: bytes, source: str, shield: Protection, asked: _Asked) -> _Held:
    _check_shield(shield, asked)
    table = read_text_table(
        data, source, asked.limits, lambda done, total: asked.report(done, total, READING)
    )
    return _Held(shield, (table,))


def _check_shield(shield: Protection, asked: _Asked) -> None:
    if shield in _WEAKNESS and not asked.accept_weak:
        raise WeakProtectionError(_WEAKNESS[shield])


def _open_archive(
    data: bytes, kind: Kind, source: str, shield: Protection, depth: int, asked: _Asked
) -> _Held:
    unpack = unpack_zip if kind == "zip" else unpack_7z
    members, closed = unpack(
        data, asked.passwords, asked.limits, lambda: asked.report(0, 1, UNPACKING)
    )
    held, without = _open_members(members, source, shield, depth, asked)
    if not held:
        raise NoTableError("The archive holds no workbook and no text table.")
    told = {"Other files in the archive, not read": closed, "Files without a table": without}
    return _merged(held, tuple(f"{what}: {count}." for what, count in told.items() if count))


def _open_members(
    members: Sequence[Member], source: str, shield: Protection, depth: int, asked: _Asked
) -> tuple[list[_Held], int]:
    """Return what each member holds, and how many are empty or hold no table."""
    held = []
    for member in members:
        with suppress(NoTableError):
            held.append(_open_member(member, source, shield, depth, asked))
    return held, len(members) - len(held)


def _open_member(
    member: Member, source: str, shield: Protection, depth: int, asked: _Asked
) -> _Held:
    around = _stronger(shield, member.shield)
    return _open(member.data, f"{source}{PATH}{member.name}", around, depth + 1, asked)


def _stronger(one: Protection, other: Protection) -> Protection:
    return max(one, other, key=_STRENGTH.__getitem__)


def _merged(parts: Sequence[_Held], told: tuple[str, ...]) -> _Held:
    return _Held(
        min((part.protection for part in parts), key=_STRENGTH.__getitem__),
        tuple(table for part in parts for table in part.tables),
        tuple(source for part in parts for source in part.hidden),
        (*told, *(remark for part in parts for remark in part.remarks)),
    )
