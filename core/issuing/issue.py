"""Seal one extract for each surgeon of an edition, and remember for whom each was sealed."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from core.errors import BadRecipientError
from core.extract.writing import seal
from core.intake.table import FIRST_ROW
from core.issuing.account import Account
from core.issuing.account_answers import account_of
from core.issuing.account_words import account_page
from core.issuing.edition import Edition, Report
from core.issuing.extracts import archive_of, file_name
from core.issuing.recipients import Addressee
from core.storage import make_folder, read_file, replace_file

RECORD = "recipients.json"
ACCOUNT = "issue-report"
USUAL_WORK_FACTOR = 18


@dataclass(frozen=True, slots=True)
class Issued:
    """What a run wrote: `files` by name; surgeons without a recipient, and the reverse."""

    files: tuple[str, ...]
    surgeons_without_recipient: int
    recipients_without_cases: int


def issue(
    edition: Edition,
    addressees: Sequence[Addressee],
    folder: Path,
    report: Report,
    *,
    accept_changed: bool = False,
    work_factor: int = USUAL_WORK_FACTOR,
) -> Issued:
    """Write `AUDIT-GMC-EDITION.age` into `folder` for every addressee who has cases.

    `folder` also keeps a record of what each surgeon's file was sealed for; another recipient or
    signing key than last time is refused unless `accept_changed`. Every archive is made and read
    back before the first file is written. The account of the edition stands beside the extracts,
    as a page and as JSON. Raises BadRecipientError, WriteFailedError.
    """
    known = _read_record(folder)
    if not accept_changed:
        _refuse_changed(known, addressees)
    served = [one for one in addressees if one.surgeon.gmc in edition.rows_of]
    names = [file_name(edition, one.surgeon) for one in served]
    if len({name.casefold() for name in names}) < len(names):
        raise BadRecipientError("Two surgeons' codes give the same file name.")
    archives = _archives(edition, served, report)
    make_folder(folder)
    _write_record(folder, known | {one.surgeon.gmc: one.remembered for one in served})
    for done, (name, archive, one) in enumerate(zip(names, archives, served, strict=True)):
        report(done, len(served), "Sealing")
        replace_file(folder / name, seal(archive, [one.seal_for], work_factor))
    _write_account(folder, account_of(edition))
    report(len(served), len(served), "Sealed")
    return Issued(
        files=tuple(names),
        surgeons_without_recipient=len(edition.rows_of) - len(served),
        recipients_without_cases=len(addressees) - len(served),
    )


def _archives(edition: Edition, served: Sequence[Addressee], report: Report) -> list[bytes]:
    made = []
    for done, one in enumerate(served):
        report(done, len(served), "Making the extracts")
        made.append(archive_of(edition, one.surgeon))
    return made


def _refuse_changed(known: Mapping[str, str], addressees: Sequence[Addressee]) -> None:
    for row, one in enumerate(addressees, start=FIRST_ROW):
        if known.get(one.surgeon.gmc, one.remembered) != one.remembered:
            raise BadRecipientError(
                f"Row {row}: the recipient or signing key is not that of the last issue.",
                "Confirm it with the surgeon by a second route, then add --accept-changed.",
            )


def _read_record(folder: Path) -> dict[str, str]:
    path = folder / RECORD
    if not os.path.lexists(path):
        return {}
    try:
        found = json.loads(read_file(path, called="The record of earlier recipients"))
        return {str(gmc): str(sealed_for) for gmc, sealed_for in found.items()}
    except (ValueError, AttributeError, RecursionError):
        raise BadRecipientError(
            f"The record {RECORD} of earlier recipients cannot be read.",
            "Restore it from a backup; without it a changed recipient would go unseen.",
        ) from None


def _write_record(folder: Path, record: Mapping[str, str]) -> None:
    text = json.dumps(record, indent=1, sort_keys=True, ensure_ascii=True) + "\n"
    replace_file(folder / RECORD, text.encode("ascii"))


def _write_account(folder: Path, found: Account) -> None:
    replace_file(folder / f"{ACCOUNT}.md", account_page(found).encode("utf-8"))
    replace_file(folder / f"{ACCOUNT}.json", msgspec.json.format(msgspec.json.encode(found)))
