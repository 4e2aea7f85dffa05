"""`plumb import`: a real audit export to an unsigned extract."""

import argparse
import secrets
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.audits.library import load_profile, profile_names
from core.audits.profile import Profile, parse_profile
from core.errors import UnknownProfileError, UsageError
from core.sealing.age import Passphrase, Recipient, X25519Identity
from core.sealing.identities import load_identities
from core.storage import read_file, replace_file
from core.terminal.console import SECRET_LIMIT, say, say_json, secret, show_progress
from core.terminal.import_choices import add_choices, add_line, mapped, national_line
from core.terminal.sources import IDENTITY, SEALED, add_trust, refuse_inputs

if TYPE_CHECKING:
    from core.intake.headings import Sheet
    from core.intake.mapping import Mapping
    from core.intake.reading.foreign import Foreign, ForeignTable
    from core.issuing.imported import Imported

SHOWN = 20
LEFT_OUT = (
    (
        "unread",
        "1 row could not be read as a case: it has no usable date.",
        "rows could not be read as cases: they have no usable date.",
    ),
    (
        "other_surgeons",
        "1 row is another surgeon's and was left out.",
        "rows are other surgeons' and were left out.",
    ),
    (
        "no_surgeon",
        "1 row names no surgeon and was left out.",
        "rows name no surgeon and were left out.",
    ),
    (
        "outside",
        "1 row lies outside the period and was left out.",
        "rows lie outside the period and were left out.",
    ),
)
UNKNOWN_SURGEON = "Surgeon not named"


def add_verbs(verbs: Any) -> None:
    """Add the verb that imports."""
    parser = verbs.add_parser("import", help="a real audit export to an unsigned extract")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--profile", required=True, metavar="P", help="a profile's file or name")
    parser.add_argument("--password-file", type=Path, metavar="F", help="what opens FILE")
    parser.add_argument("--sheet", metavar="S", help="which table: its place, or its name")
    parser.add_argument("--hidden", action="store_true", help="read hidden sheets too")
    add_choices(parser)
    parser.add_argument("--gmc", default="unknown", metavar="N")
    parser.add_argument("--name", default=UNKNOWN_SURGEON, metavar="X")
    parser.add_argument("--from", dest="start", type=date.fromisoformat, metavar="DATE")
    parser.add_argument("--to", dest="end", type=date.fromisoformat, metavar="DATE")
    parser.add_argument("--follow-up-to", type=date.fromisoformat, metavar="DATE")
    add_line(parser)
    parser.add_argument("--study-key", type=Path, metavar="F", help="makes the same study numbers")
    parser.add_argument("--out", type=Path, required=True, metavar="X.age")
    parser.add_argument("--passphrase-file", type=Path, metavar="F", help="what X is sealed with")
    parser.add_argument("--identity", type=Path, metavar="F", help="whose recipient X is sealed to")
    parser.add_argument("--identity-passphrase-file", type=Path, metavar="F")
    parser.add_argument("--json", action="store_true")
    add_trust(parser)
    parser.set_defaults(run=run_import)


def run_import(arguments: argparse.Namespace) -> int:
    """Write the sealed extract; print the mapping, remarks and problems."""
    from core.extract.writing import seal

    _refuse_output(arguments)
    profile = profile_called(arguments.profile)
    identities = _identities(arguments)
    recipient = _recipient(identities, arguments)
    foreign = _open(identities, arguments)
    table = _chosen(foreign, arguments.sheet)
    sheet, mapping, remarks = mapped(table, profile, arguments)
    if arguments.save_mapping is not None:
        from core.intake.mapping_file import mapping_bytes

        replace_file(arguments.save_mapping, mapping_bytes(mapping))
    made = _made(sheet, mapping, profile, foreign, table, remarks, arguments)
    replace_file(arguments.out, seal(made.archive, [recipient]))
    found = account_of_import(made, mapping)
    if arguments.json:
        say_json(found)
    else:
        _say(found)
    return 0


def profile_called(name: str) -> Profile:
    """Return the profile in the file `name`, or the shipped one of that name or audit code."""
    if name in profile_names():
        return load_profile(name)
    path = Path(name)
    if path.suffix == ".toml":
        return parse_profile(read_file(path, called="The audit's profile"), path.name)
    for known in profile_names():
        profile = load_profile(known)
        if profile.audit.code == name:
            return profile
    raise UnknownProfileError("No audit profile of that name is known.")


def account_of_import(made: "Imported", mapping: "Mapping") -> dict[str, Any]:
    """Return what `plumb import` says, as JSON values; no cell is among them."""
    from core.intake.mapping import QUESTIONS, WHY_WORDS
    from core.intake.translation import counts
    from core.results.origin_words import pack_words

    source, translation = made.manifest.source, made.translation
    return {
        "audit": made.manifest.audit.name,
        "file": source.file if source else None,
        "table": source.table if source else None,
        "digest": source.digest if source else None,
        "cases": len(translation.places) - (source.outside if source else 0),
        "unread": translation.unread,
        "other_surgeons": translation.others,
        "no_surgeon": translation.unnamed,
        "outside": source.outside if source else 0,
        "verification": "unsigned",
        "mapping": [
            {"column": one.heading, "read_as": one.target, "why": WHY_WORDS[one.why]}
            for one in mapping.columns
        ],
        "identifying": [{"column": one.heading, "kind": one.kind} for one in mapping.identifiers],
        "unused": list(mapping.unused),
        "questions": [
            {"column": heading, "question": QUESTIONS[asked]}
            for heading, asked in mapping.open_questions
        ],
        "problems": [
            {"column": column, "problem": why, "cells": number}
            for column, why, number in counts(translation.problems)
        ],
        "marked": [
            {"row": one.row, "column": one.column, "problem": one.why}
            for one in translation.problems
        ],
        "national_line": pack_words(source.benchmark) if source and source.benchmark else None,
        "remarks": list(source.remarks) if source else [],
    }


def _say(found: dict[str, Any]) -> None:
    cases = "case" if found["cases"] == 1 else "cases"
    say(f"{found['audit']} · {found['cases']} {cases} · not signed by the audit")
    say(f"From {found['table']}, SHA-256 {found['digest']}")
    say()
    for one in found["mapping"]:
        say(f"{one['column']} → {one['read_as']}: {one['why']}")
    for one in found["identifying"]:
        say(f"{one['column']}: is not taken over ({one['kind'].replace('_', ' ')})")
    if found["unused"]:
        named = ", ".join(repr(heading) for heading in found["unused"][:SHOWN])
        more = " …" if len(found["unused"]) > SHOWN else ""
        say(f"Columns that are not read: {len(found['unused'])} ({named}{more})")
    for one in found["questions"]:
        say(f"To be answered · {one['column']}: {one['question']}")
    if found["national_line"]:
        say(f"National line: {found['national_line']}.")
    for one in found["remarks"]:
        say(one)
    _say_rows(found)


def _say_rows(found: dict[str, Any]) -> None:
    for one in found["problems"]:
        cells = "cell" if one["cells"] == 1 else "cells"
        say(f"{one['cells']} {cells} of {one['column']!r}: {one['problem']}")
    for one in found["marked"][:SHOWN]:
        say(f"  row {one['row']}, column {one['column']!r}: {one['problem']}")
    if len(found["marked"]) > SHOWN:
        say(f"  … {len(found['marked'])} in all; --json lists each")
    for name, one_row, rows in LEFT_OUT:
        if number := found[name]:
            say(one_row if number == 1 else f"{number} {rows}")


def _refuse_output(arguments: argparse.Namespace) -> None:
    read = (
        arguments.password_file, arguments.benchmark, arguments.study_key, Path(arguments.profile)
    )  # fmt: skip
    saved = arguments.save_mapping
    refuse_inputs(arguments, arguments.out, *read, arguments.mapping)
    if saved is not None:
        refuse_inputs(arguments, saved, *read)
        if saved.resolve() == arguments.out.resolve():
            raise UsageError("The extract and the mapping cannot be one file.", "Name another.")


def _recipient(identities: list[X25519Identity], arguments: argparse.Namespace) -> Recipient:
    if identities:
        return identities[0].recipient
    return Passphrase(secret(arguments.passphrase_file, "Passphrase for the extract"))


def _identities(arguments: argparse.Namespace) -> list[X25519Identity]:
    if arguments.identity is None:
        return []
    data, path = (
        read_file(arguments.identity, SECRET_LIMIT, IDENTITY),
        arguments.identity_passphrase_file,
    )
    sealed = path is not None or data.startswith(SEALED)
    passphrase = secret(path, "Passphrase of the identity") if sealed else None
    return list(load_identities(data, passphrase))


def _open(identities: list[X25519Identity], arguments: argparse.Namespace) -> "Foreign":
    from core.intake.reading.opening import open_foreign

    password = arguments.password_file
    passwords = [secret(password, "Password of the file")] if password is not None else []
    return open_foreign(
        read_file(arguments.file, called="The file to import"),
        arguments.file.name,
        passwords,
        show_progress,
        identities=identities,
        accept_weak=True,
        with_hidden=arguments.hidden,
    )


def _chosen(foreign: "Foreign", name: str | None) -> "ForeignTable":
    """Return the table of that place among those read, from 1, or of that end of its path."""
    tables = foreign.tables
    if name is None and len(tables) == 1:
        return tables[0]
    if name and name.isdecimal() and 1 <= int(name) <= len(tables):
        return tables[int(name) - 1]
    found = [one for one in tables if name and one.source.endswith(name)]
    if len(found) == 1:
        return found[0]
    if not found and any(name and one.endswith(name) for one in foreign.hidden):
        raise UsageError("That sheet is hidden.", "Give --hidden too, and it is read.")
    raise UsageError("Say which table of the file with --sheet.", _offered(foreign))


def _offered(foreign: "Foreign") -> str:
    """Say which tables there are by place and size: a sheet may be called after a patient."""
    sizes = (
        f"{place}: {one.rows.shape[0]:,} rows of {one.rows.shape[1]} columns"
        for place, one in enumerate(foreign.tables, 1)
    )
    hidden = f" Hidden, and counted with --hidden: {len(foreign.hidden)}." if foreign.hidden else ""
    return f"Give its place or its name. By place, {'; '.join(sizes)}.{hidden}"


def _made(
    sheet: "Sheet",
    mapping: "Mapping",
    profile: Profile,
    foreign: "Foreign",
    table: "ForeignTable",
    remarks: tuple[str, ...],
    arguments: argparse.Namespace,
) -> "Imported":
    from core.extract.manifest import Surgeon
    from core.issuing.imported import Origin, Terms, make_extract
    from core.report.file_names import shown_name

    if not (arguments.name + arguments.gmc).isprintable():
        raise UsageError("The name or GMC number holds a character that cannot be seen.")
    key = arguments.study_key
    terms = Terms(
        surgeon=Surgeon(name=arguments.name, gmc=arguments.gmc),
        key=read_file(key, SECRET_LIMIT, "The study key")
        if key is not None
        else secrets.token_bytes(32),
        made_at=datetime.now(UTC).replace(microsecond=0),
        start=arguments.start,
        end=arguments.end,
        follow_up_to=arguments.follow_up_to,
    )
    said = (*foreign.remarks, *table.remarks, *remarks)
    name, path = shown_name(foreign.name), shown_name(table.source)
    origin = Origin(name, path, foreign.digest, foreign.protection, said)
    return make_extract(sheet, mapping, profile, origin, terms, national_line(profile, arguments))
