"""A mapping as a small TOML file, to use again on the next file of the same kind."""

import tomllib
from dataclasses import replace
from typing import Annotated, Any

import msgspec
import tomlkit
from msgspec import Meta

from core.audits.profile import IdentifierKind, Profile
from core.errors import BadMappingError
from core.intake.headings import Sheet, plain
from core.intake.identifiers import Identifier, identifiers
from core.intake.mapping import Asked, Assigned, DateOrder, Mapping, Scale, Why

FORMAT = "plumbline-mapping/1"
LIMIT = 256 * 1024


class _Column(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    target: str
    heading: str
    place: Annotated[int, Meta(ge=1, le=10_000)]
    why: Why
    date_order: DateOrder = "day first"
    scale: Scale = "fraction"
    factor: Annotated[float, Meta(gt=0, le=1e9)] = 1.0
    opposite: bool = False
    asked: tuple[Asked, ...] = ()
    codes: dict[str, str] = {}


class _Identifier(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    heading: str
    place: Annotated[int, Meta(ge=1, le=10_000)]
    kind: IdentifierKind


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    format: str
    audit: str
    headed: bool
    width: int
    surgeon: str | None = None
    models: dict[str, str] = {}
    columns: tuple[_Column, ...]
    identifiers: tuple[_Identifier, ...] = ()


def mapping_bytes(mapping: Mapping) -> bytes:
    """Return the mapping as TOML, the same bytes for the same value; it holds no cell."""
    file = _File(
        format=FORMAT,
        audit=mapping.audit,
        headed=mapping.headed,
        width=len(mapping.headings),
        surgeon=mapping.surgeon,
        models=dict(mapping.models),
        columns=tuple(_column(found) for found in sorted(mapping.columns, key=_by_target)),
        identifiers=tuple(
            _Identifier(heading=one.heading, place=one.column + 1, kind=one.kind)
            for one in mapping.identifiers
        ),
    )
    return tomlkit.dumps(_plain(msgspec.to_builtins(file))).encode("utf-8")


def read_mapping(data: bytes, sheet: Sheet, profile: Profile) -> Mapping:
    """Return the saved mapping set upon `sheet`: by heading, by place where there are none.

    What identifies patients in `sheet` is looked for anew and never taken from the file alone.
    Raises BadMappingError where the file is wrong or names a column that the sheet lacks.
    """
    file = _parse(data)
    if file.headed != sheet.headed or (not sheet.headed and file.width != len(sheet.names)):
        raise BadMappingError("The saved mapping is for a file of another shape.")
    if file.audit != profile.audit.code:
        raise BadMappingError("The saved mapping is for another audit.")
    if len({one.target for one in file.columns}) < len(file.columns):
        raise BadMappingError("The saved mapping reads two columns as the same one.")
    found = {one.column: one for one in identifiers(sheet, profile)}
    for one in file.identifiers:
        place = _place(one.heading, one.place, sheet)
        found.setdefault(place, Identifier(place, sheet.names[place], one.kind, "hand"))
    columns = tuple(_assigned(one, sheet) for one in file.columns)
    return Mapping(
        audit=file.audit,
        headings=sheet.names,
        headed=sheet.headed,
        columns=columns,
        identifiers=tuple(found[place] for place in sorted(found)),
        surgeon=file.surgeon,
        models=tuple(file.models.items()),
    )


def _by_target(found: Assigned) -> str:
    return found.target


def _column(found: Assigned) -> _Column:
    return _Column(
        target=found.target,
        heading=found.heading,
        place=found.column + 1,
        why=found.why,
        date_order=found.date_order,
        scale=found.scale,
        factor=found.factor,
        opposite=found.opposite,
        asked=found.asked,
        codes=dict(found.codes),
    )


def _assigned(one: _Column, sheet: Sheet) -> Assigned:
    place = _place(one.heading, one.place, sheet)
    found = Assigned(one.target, place, sheet.names[place], one.why)
    return replace(
        found,
        codes=tuple(one.codes.items()),
        date_order=one.date_order,
        scale=one.scale,
        factor=one.factor,
        opposite=one.opposite,
        asked=one.asked,
    )


def _place(heading: str, place: int, sheet: Sheet) -> int:
    if not sheet.headed and place <= len(sheet.names):
        return place - 1
    places = [at for at, name in enumerate(sheet.names) if plain(name) == plain(heading)]
    if len(places) == 1:
        return places[0]
    if place - 1 in places:
        return place - 1
    raise BadMappingError(f"The file has no column {heading!r}, which the saved mapping names.")


def _parse(data: bytes) -> _File:
    if len(data) > LIMIT:
        raise BadMappingError("The saved mapping is larger than 256 KB.")
    try:
        file = msgspec.convert(tomllib.loads(data.decode("utf-8")), _File)
    except (ValueError, RecursionError):
        raise BadMappingError("The saved mapping is not of the agreed shape.") from None
    if file.format != FORMAT:
        raise BadMappingError("The saved mapping is of a format that this version does not know.")
    return file


def _plain(value: Any) -> Any:
    """Without what is None, empty or as it would be anyway."""
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items() if part not in (None, {}, [], ())}
    return [_plain(part) for part in value] if isinstance(value, list | tuple) else value
