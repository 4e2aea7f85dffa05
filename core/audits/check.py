"""What a profile must be beyond the types of its keys: whole, plain, and at one with itself."""

import math
import unicodedata
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from core.extract.schema import FIXED_CASE_COLUMNS

if TYPE_CHECKING:
    from core.audits.profile import ExclusionRule, FieldRule, OutcomeRule, Profile

Problem = tuple[str, str]

_NUMERIC = ("flag", "integer", "number")
_RANGED = ("integer", "number")
_FLAGS = ("0", "1")
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")


def problems(table: Mapping[str, Any], profile: "Profile") -> Iterator[Problem]:
    """Yield the key and the reason of everything wrong in `profile`, read from `table`."""
    yield from _unknown_keys(table, profile, "")
    yield from _unusable(profile, "")
    yield from _repeated("outcomes", "code", [outcome.code for outcome in profile.outcomes])
    names = [*FIXED_CASE_COLUMNS, *(field.name for field in profile.fields)]
    yield from _repeated("fields", "name", names)
    yield from _repeated("exclusions", "code", [rule.code for rule in profile.exclusions])
    for key, outcome in _numbered("outcomes", profile.outcomes):
        yield from _outcome(key, outcome)
    for key, field in _numbered("fields", profile.fields):
        yield from _field(key, field)
    for key, rule in _numbered("exclusions", profile.exclusions):
        yield from _exclusion(key, rule, profile)
    yield from _headings(profile)
    yield from _dates(profile)


def _unknown_keys(raw: object, value: object, key: str) -> Iterator[Problem]:
    """Walk a table beside the value made of it."""
    if isinstance(value, Struct) and isinstance(raw, Mapping):
        for name, part in raw.items():
            place = f"{key}.{name}".lstrip(".")
            if name not in value.__struct_fields__:
                yield place, "unknown key"
            else:
                yield from _unknown_keys(part, getattr(value, name), place)
    elif isinstance(value, tuple) and isinstance(raw, list):
        for number, (part, made) in enumerate(zip(raw, value, strict=True)):
            yield from _unknown_keys(part, made, f"{key}[{number}]")


def _unusable(value: object, key: str) -> Iterator[Problem]:
    """A number that is not finite, a text that is blank or holds what cannot be seen."""
    if isinstance(value, Struct):
        for name in value.__struct_fields__:
            part, place = getattr(value, name), f"{key}.{name}".lstrip(".")
            yield from _unusable(part, place)
            if isinstance(part, str) and not part.strip():
                yield place, "must not be blank"
    elif isinstance(value, Mapping):
        for name, part in value.items():
            yield from _unusable(name, key)
            yield from _unusable(part, key)
    elif isinstance(value, tuple):
        for number, part in enumerate(value):
            yield from _unusable(part, f"{key}[{number}]")
    elif isinstance(value, float) and not math.isfinite(value):
        yield key, "must be a finite number"
    elif isinstance(value, str) and any(unicodedata.category(sign) in _UNSEEN for sign in value):
        yield key, "holds a line break or a character that cannot be seen"


def _outcome(key: str, outcome: "OutcomeRule") -> Iterator[Problem]:
    levels = outcome.limits.levels
    if sorted(set(levels)) != list(levels):
        yield f"{key}.limits.levels", "must ascend"
    if outcome.kind == "ratio" and outcome.limits.model != "poisson":
        yield f"{key}.limits.model", "a ratio outcome is counted by poisson alone"
    if outcome.kind != "binary" and outcome.direction == "favourable":
        yield f"{key}.direction", "only a binary outcome can be favourable"
    yield from _recorded(key, outcome)
    yield from _risk(key, outcome)


def _recorded(key: str, outcome: "OutcomeRule") -> Iterator[Problem]:
    recorded = outcome.recorded
    if recorded is None:
        return
    within = (recorded.time, recorded.status, recorded.within_days)
    if (recorded.column is None) == (within == (None, None, None)):
        yield f"{key}.recorded", "must have either column, or time, status and within_days"
    elif recorded.column is None and None in within:
        yield f"{key}.recorded", "must have time, status and within_days together"
    elif recorded.column is None and outcome.kind != "binary":
        yield f"{key}.recorded", "only a binary outcome can be recorded by time and status"


def _risk(key: str, outcome: "OutcomeRule") -> Iterator[Problem]:
    risk = outcome.risk
    if outcome.kind == "binary" and outcome.expected_column is not None:
        yield f"{key}.expected_column", "a binary outcome has a risk instead"
    if outcome.kind != "binary" and risk is not None:
        yield f"{key}.risk", "only a binary outcome has a risk; give expected_column"
    if outcome.recalibration is not None and risk is None:
        yield f"{key}.recalibration", "there is no risk to recalibrate"
    if risk is None:
        return
    if sum(source is not None for source in (risk.column, risk.model, risk.logistic)) != 1:
        yield f"{key}.risk", "must have exactly one of column, model and logistic"
    elif risk.scale == "percent" and risk.column is None:
        yield f"{key}.risk.scale", "only a risk in a column can be in percent"
    elif risk.logistic is not None and not risk.logistic.terms:
        yield f"{key}.risk.logistic.terms", "must not be empty"


def _field(key: str, field: "FieldRule") -> Iterator[Problem]:
    yield from _repeated(key, "allowed", field.allowed)
    yield from _repeated(key, "synonyms", field.synonyms)
    if (field.type == "code") != bool(field.allowed):
        yield f"{key}.allowed", "a code field lists its codes, any other field lists none"
    if field.labels and len(field.labels) != len(field.allowed):
        yield f"{key}.labels", "must be as many as the codes in allowed"
    ends = (field.minimum, field.maximum)
    if field.type not in _RANGED and ends != (None, None):
        yield f"{key}.minimum", "only a number or integer field has a range"
    if field.minimum is not None and field.maximum is not None and field.minimum > field.maximum:
        yield f"{key}.minimum", "must not be above maximum"
    known = {"code": field.allowed, "flag": _FLAGS}.get(field.type)
    if known is not None and not set(field.codes.values()) <= {*known, ""}:
        yield f"{key}.codes", "maps to a code that the field does not allow"


def _headings(profile: "Profile") -> Iterator[Problem]:
    yield from _repeated("headings", "column", [heading.column for heading in profile.headings])
    places = (
        *(field.position for field in profile.fields),
        *(heading.position for heading in profile.headings),
        *(column.position for column in profile.patient_columns),
    )
    placed = [place for place in places if place is not None]
    yield from _repeated("fields and headings", "position", placed)
    if placed and (profile.width is None or max(placed) > profile.width):
        yield "width", "must be at least the largest position"


def _exclusion(key: str, rule: "ExclusionRule", profile: "Profile") -> Iterator[Problem]:
    yield from _repeated(key, "outcomes", rule.outcomes)
    if not set(rule.outcomes) <= {outcome.code for outcome in profile.outcomes}:
        yield f"{key}.outcomes", "names an outcome that the profile does not have"
    if not (rule.one_of or rule.missing or rule.above is not None or rule.below is not None):
        yield key, "must have one_of, above, below or missing"
    types = {field.name: field.type for field in profile.fields}
    kind = {"procedure": "text", "provider": "text", **types}.get(rule.field)
    if kind is None:
        yield f"{key}.field", "names a field that the profile does not have"
    elif kind not in _NUMERIC and (rule.above, rule.below) != (None, None):
        yield key, "above and below need a number, integer or flag field"
    elif kind not in ("text", "code") and rule.one_of:
        yield f"{key}.one_of", "needs a text or code field"
    codes = [field.allowed for field in profile.fields if field.name == rule.field]
    if kind == "code" and not set(rule.one_of) <= set(codes[0]):
        yield f"{key}.one_of", "names a code that the field does not allow"


def _dates(profile: "Profile") -> Iterator[Problem]:
    window = profile.window
    if window.start is not None and window.end is not None and window.start > window.end:
        yield "window.end", "must not be before start"
    if profile.columns is None:
        return
    rule = profile.columns.operated_on
    if (rule.format == "day_number") != (rule.epoch is not None):
        yield "columns.operated_on.epoch", "is needed by day numbers, and by them alone"


def _numbered(key: str, rules: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    for number, rule in enumerate(rules):
        yield f"{key}[{number}]", rule


def _repeated(key: str, name: str, found: Iterable[Hashable]) -> Iterator[Problem]:
    listed = list(found)
    if len(set(listed)) != len(listed):
        yield f"{key}.{name}", "the same one stands twice"
