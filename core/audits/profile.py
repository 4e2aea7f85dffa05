"""An audit profile: the rules of one audit and the columns of its tables, as data (TOML)."""

import re
import tomllib
from datetime import date
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from core.audits.check import problems
from core.errors import BadProfileError
from core.extract.manifest import (
    Audit,
    Centre,
    Code,
    Contact,
    Count,
    Days,
    Direction,
    EventWords,
    FieldName,
    FieldType,
    Kind,
    Level,
    Limits,
    PeerDisplay,
    Publication,
)

LIMIT = 256 * 1024
Place = Annotated[int, Meta(ge=1, le=1000)]
IdentifierKind = Literal[
    "nhs_number", "name", "birth_date", "postcode", "hospital_number", "contact"
]
Years = Annotated[float, Meta(gt=0, le=100)]
_PLACE = re.compile(r"\(at line \d+, column \d+\)$")


class _Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A frozen value of a profile; an unknown key is refused."""


class DateColumn(_Rule, frozen=True, kw_only=True):
    """Where a date stands and how it is written; a day number counts `epoch` as day 1."""

    column: str
    format: Literal["iso", "dmy", "day_number"] = "iso"
    epoch: date | None = None


class Columns(_Rule, frozen=True, kw_only=True):
    """The fixed columns of a national table; without `case_id` the row number serves."""

    surgeon: str
    operated_on: DateColumn
    case_id: str | None = None
    procedure: str | None = None
    provider: str | None = None


class FieldRule(_Rule, frozen=True, kw_only=True):
    """A field of a case: its contract, its words and the columns that may hold it.

    `column` is the column's name in the audit's own table (default: `name`); `synonyms` are other
    names it is known by; `question` is its number on the audit's form, `position` its place, from
    1, in a file without headings; `codes` maps what stands in the table to the codes of `allowed`.
    """

    name: FieldName
    label: str
    type: FieldType
    unit: str | None = None
    allowed: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    codes: dict[str, str] = {}
    minimum: float | None = None
    maximum: float | None = None
    risk_factor: bool = False
    identifying: bool = False
    column: str | None = None
    synonyms: tuple[str, ...] = ()
    question: str | None = None
    position: Place | None = None


class Heading(_Rule, frozen=True, kw_only=True):
    """How files call a column that is no field: a fixed one, an outcome's or a risk's.

    `column` is its name in the audit's own table; `codes` maps what stands in a file to what
    stands there (`1` and `0` for an outcome).
    """

    column: str
    synonyms: tuple[str, ...] = ()
    question: str | None = None
    position: Place | None = None
    codes: dict[str, str] = {}


class PatientColumn(_Rule, frozen=True, kw_only=True):
    """A column that identifies patients, told by its names, question number or position."""

    kind: IdentifierKind
    synonyms: tuple[str, ...] = ()
    question: str | None = None
    position: Place | None = None


class Recorded(_Rule, frozen=True, kw_only=True):
    """How an outcome is recorded.

    Either `column` (0/1, or a count for a ratio outcome), or an event within `within_days`: the
    time in days in `time`, and 1 in `status` where the event happened at that time.
    """

    column: str | None = None
    time: str | None = None
    status: str | None = None
    within_days: Days | None = None


class Logistic(_Rule, frozen=True, kw_only=True):
    """A logistic risk: logit p = intercept + Σ coefficient × column."""

    intercept: float
    terms: dict[str, float]


class RiskRule(_Rule, frozen=True, kw_only=True):
    """Where a case's risk comes from: a supplied column, a shipped model or a logistic formula.

    A column holds the risk of the outcome as recorded, or where `of_event` of its adverse event.
    """

    column: str | None = None
    of_event: bool = False
    scale: Literal["fraction", "percent"] = "fraction"
    model: str | None = None
    logistic: Logistic | None = None


class RecalibrationRule(_Rule, frozen=True, kw_only=True):
    """A stated national recalibration of the risk: logit p′ = intercept + slope × logit p."""

    intercept: float
    slope: float = 1.0
    date: date
    source: str


class OutcomeRule(_Rule, frozen=True, kw_only=True):
    """One outcome of the audit: its definition, how it is recorded, its risk and its method.

    `given_risk` is the column of an imported file that may hold the adverse event's risk instead
    of `risk`. `risk_words` says how the audit adjusts for risk; `usual_model` names a shipped model
    that fits or, where those words say so, stands in.
    """

    code: Code
    label: str
    kind: Kind
    definition: str
    direction: Direction = "adverse"
    words: EventWords = EventWords()
    follow_up_days: Days | None = None
    recorded: Recorded | None = None
    risk: RiskRule | None = None
    recalibration: RecalibrationRule | None = None
    given_risk: str | None = None
    expected_column: str | None = None
    centre: Centre = "expected"
    limits: Limits = Limits()
    minimum_cases: Count = 0
    peers: PeerDisplay = "points"
    usual_model: str | None = None
    risk_words: str | None = None


class ExclusionRule(_Rule, frozen=True, kw_only=True):
    """Cases left out: those whose `field` is one of `one_of`, is above or below, or is missing."""

    code: Code
    words: str
    field: str
    one_of: tuple[str, ...] = ()
    above: float | None = None
    below: float | None = None
    missing: bool = False
    outcomes: tuple[str, ...] = ()


class Suppression(_Rule, frozen=True, kw_only=True):
    """The audit's own small-number rule for what it publishes."""

    below: Count
    words: str


class Window(_Rule, frozen=True, kw_only=True):
    """The reporting window: its usual length, and the dates where a run is fixed."""

    years: Years
    start: date | None = None
    end: date | None = None
    follow_up_to: date | None = None


class Source(_Rule, frozen=True, kw_only=True):
    """Where a rule comes from; `background` marks knowledge that no public source confirmed."""

    title: str
    dated: str
    covers: str
    background: bool = False


class Profile(_Rule, frozen=True, kw_only=True):
    """An audit's rules; `columns` is needed only to issue from a table.

    `remarks` are what a reader of its figures must know besides. `headings`, `patient_columns`
    and `width` (how many columns a file without headings has) serve the reading of foreign files.
    """

    audit: Audit
    specialty: str
    series: str
    attribution: str
    window: Window
    outcomes: Annotated[tuple[OutcomeRule, ...], Meta(min_length=1)]
    level: Level = "surgeon"
    columns: Columns | None = None
    fields: tuple[FieldRule, ...] = ()
    headings: tuple[Heading, ...] = ()
    patient_columns: tuple[PatientColumn, ...] = ()
    width: Place | None = None
    exclusions: tuple[ExclusionRule, ...] = ()
    publication: Publication = Publication()
    contact: Contact = Contact()
    suppression: Suppression | None = None
    retain_years: Annotated[int, Meta(ge=1, le=100)] = 5
    edition_number: Count = 1
    remarks: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()


def parse_profile(data: bytes, name: str) -> Profile:
    """Return the profile in TOML `data`; errors name the file `name`, key and reason."""
    table = _toml(data, name)
    try:
        profile = msgspec.convert(table, Profile)
    except msgspec.ValidationError as error:
        raise BadProfileError(f"{name}: {_key_and_reason(error)}.") from None
    for key, reason in problems(table, profile):
        raise BadProfileError(f"{name}: {key}: {reason}.")
    return profile


def _toml(data: bytes, name: str) -> dict[str, Any]:
    if len(data) > LIMIT:
        raise BadProfileError(f"{name} is larger than 256 KB.")
    try:
        return tomllib.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        place = _PLACE.search(str(error))
        where = f" {place[0]}" if place else ""
        raise BadProfileError(f"{name} is not a TOML file in UTF-8{where}.") from None


def _key_and_reason(error: msgspec.ValidationError) -> str:
    """The key and what is wrong there, without the value."""
    reason, _, key = str(error).partition(" - at `$")
    if reason.startswith("Invalid enum value"):
        reason = "not one of the words it may be"
    elif "matching regex" in reason:
        reason = "must be letters and digits, with _ or - between them"
    key = key.strip(".`")
    return f"{key}: {reason}" if key else reason
