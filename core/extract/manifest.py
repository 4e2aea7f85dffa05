"""The manifest: what the audit states and signs about an extract, as typed values.

It holds aggregates only, since it travels on in evidence. Counts, rates and tails of a favourable
outcome (survival) are those of its adverse complement (death) throughout.
"""

from datetime import date, datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from core.errors import BadManifestError, UnknownFormatError
from core.extract.source import Source

FORMAT = "plumbline-extract/1"

Level = Literal["surgeon", "team", "hospital"]
Kind = Literal["binary", "ratio", "continuous"]
Direction = Literal["adverse", "favourable"]
Centre = Literal["expected", "national"]
LimitsModel = Literal["poisson", "negative_binomial", "binomial", "poisson_binomial"]
LimitsStyle = Literal["exact", "interpolated", "quantile", "normal"]
Overdispersion = Literal["none", "additive"]
PeerDisplay = Literal["counts", "points", "hidden"]
Regime = Literal["consent", "presumed", "not_published"]
FieldType = Literal["text", "code", "flag", "integer", "number", "date"]
Count = Annotated[int, Meta(ge=0, le=10**9)]
Days = Annotated[int, Meta(ge=0, le=36525)]
Amount = Annotated[float, Meta(ge=0)]
Expected = Annotated[float, Meta(ge=0, le=10**9)]
Fraction = Annotated[float, Meta(ge=0, le=1)]
LimitLevel = Annotated[float, Meta(gt=0, lt=1)]
LimitLevels = Annotated[tuple[LimitLevel, ...], Meta(min_length=1, max_length=8)]
Code = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$")]
FieldName = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9_ -]{0,63}$")]
Mark = Annotated[
    str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}(@[A-Za-z0-9][A-Za-z0-9_-]{0,63})?$")
]
Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]
Moment = Annotated[datetime, Meta(tz=True)]
Comparison = Literal["adjusted", "crude", "none"]
Position = Literal["within", "above_alert", "above_alarm", "below_alert", "below_alarm", "too_few"]


class _Value(msgspec.Struct, frozen=True, kw_only=True):
    """A frozen value; unknown keys are ignored here and kept in the signed bytes."""


class Audit(_Value, frozen=True, kw_only=True):
    """Who issues the extract; `name` is what screens show."""

    code: str
    name: str
    organisation: str


class Surgeon(_Value, frozen=True, kw_only=True):
    """For whom it is; the key digest stands where the surgeon has enrolled one."""

    name: str
    gmc: str
    signing_key_sha256: Sha256 | None = None


class Period(_Value, frozen=True, kw_only=True):
    """First and last day of operation, both included."""

    start: date
    end: date


class Contact(_Value, frozen=True, kw_only=True):
    """Whom to ask, where corrections go and until when; what is absent is said to be absent."""

    questions: str | None = None
    corrections_address: str | None = None
    corrections_recipient: str | None = None
    corrections_deadline: date | None = None
    outlier_policy: str | None = None


class Field(_Value, frozen=True, kw_only=True):
    """A column of cases.csv beyond the fixed ones: its contract and its words.

    `allowed` lists the codes of a `code` field; `labels` gives words for them, in the same order.
    An identifying field is masked on screen and never exported.
    """

    name: FieldName
    label: str
    type: FieldType
    unit: str | None = None
    allowed: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    risk_factor: bool = False
    identifying: bool = False
    national_completeness: Fraction | None = None


class National(_Value, frozen=True, kw_only=True):
    """The nation's totals for an outcome.

    `risk_percentiles`, where given, are the 1st to 99th percentiles of its cases' adverse risks.
    """

    cases: Count
    observed: Count
    expected: Expected
    risk_percentiles: tuple[float, ...] = ()


class Limits(_Value, frozen=True, kw_only=True):
    """The audit's own method: levels as fractions, count model, drawn style, over-dispersion."""

    levels: LimitLevels = (0.95, 0.998)
    model: LimitsModel = "poisson"
    style: LimitsStyle = "exact"
    overdispersion: Overdispersion = "none"


class IssuedLimit(_Value, frozen=True, kw_only=True):
    """One level's limits on the O/E scale; null where the limit does not exist."""

    level: LimitLevel
    lower: Amount | None
    upper: Amount | None


class IssuedFigures(_Value, frozen=True, kw_only=True):
    """What the audit computed for this surgeon; of a continuous outcome, means."""

    cases: int
    observed: float
    expected: float
    limits: tuple[IssuedLimit, ...] = ()
    position: Position | None = None
    p_upper: Fraction | None = None
    p_lower: Fraction | None = None
    tau2: Amount | None = None
    phi: Amount | None = None


class EventWords(_Value, frozen=True, kw_only=True):
    """How one speaks of the adverse event: "death", "deaths", "died"."""

    event: str = "event"
    events: str = "events"
    happened: str = "had the event"


class RecalibrationStep(_Value, frozen=True, kw_only=True):
    """A stated national recalibration of a model: logit p′ = intercept + slope × logit p."""

    intercept: float
    slope: float = 1.0
    date: date
    source: str


class PublishedRate(_Value, frozen=True, kw_only=True):
    """A national rate of the adverse event as somebody typed it in, and where it was published."""

    rate: Fraction
    source: str


MOST_TYPED_CASES = 1_000_000
"""Of one surgeon; no career holds as many, and each is counted as a case when measured."""


class TypedTotals(_Value, frozen=True, kw_only=True):
    """Totals typed from a summary, of the adverse event, where no cases are given."""

    cases: Count
    observed: Count
    expected: Expected | None = None


class Outcome(_Value, frozen=True, kw_only=True):
    """One outcome: its definition, its method, the nation's totals and the issued figures.

    `risk_source` is `supplied` or the id of a risk model; `recalibration` is what was done to its
    risks, and the risks in the cases are after it. `comparison` is what the figures allow: a
    position on the national line, a crude rate alone (no risks), or O and E without a line.
    `line_from` says in words whose benchmark pack gave the line. `typed` stands in for cases that
    are not given.
    """

    code: Code
    label: str
    kind: Kind
    definition: str
    direction: Direction = "adverse"
    words: EventWords = EventWords()
    follow_up_days: Days | None = None
    risk_source: str = "supplied"
    recalibration: RecalibrationStep | None = None
    centre: Centre = "expected"
    national: National | None = None
    limits: Limits = Limits()
    minimum_cases: Count = 0
    peers: PeerDisplay = "points"
    issued: IssuedFigures | None = None
    comparison: Comparison = "adjusted"
    published: PublishedRate | None = None
    line_from: str | None = None
    typed: TypedTotals | None = None


class Exclusion(_Value, frozen=True, kw_only=True):
    """A rule that leaves cases out: `code` stands in the cases' `excluded` column.

    A rule of all outcomes has a plain code and names none in `outcomes`; a rule of one outcome is
    written `code@outcome` and names it.
    """

    code: Mark
    words: str
    count: Count
    outcomes: tuple[str, ...] = ()


class Publication(_Value, frozen=True, kw_only=True):
    """What the audit will publish, when, and what silence and each choice lead to."""

    regime: Regime = "not_published"
    deadline: date | None = None
    default: str | None = None
    shown: str | None = None
    consequences: dict[str, str] = {}


class Member(_Value, frozen=True, kw_only=True):
    """Digest of a part of the extract, and its rows where it is a table."""

    sha256: Sha256
    rows: Count | None = None


class Manifest(_Value, frozen=True, kw_only=True):
    """Everything the audit states about one surgeon's extract."""

    format: str
    audit: Audit
    series: str
    edition_number: Count
    level: Level
    surgeon: Surgeon
    period: Period
    follow_up_to: date
    issued_at: Moment
    attribution: str
    outcomes: tuple[Outcome, ...]
    fields: tuple[Field, ...]
    files: dict[str, Member]
    contact: Contact = Contact()
    exclusions: tuple[Exclusion, ...] = ()
    publication: Publication = Publication()
    supersedes: Count | None = None
    self_unit: str | None = None
    retain_until: date | None = None
    source: Source | None = None

    def outcome(self, code: str) -> Outcome:
        """Return the outcome of that code; KeyError where there is none."""
        return next(found for found in self.outcomes if found.code == code)


class _Format(msgspec.Struct):
    format: str


def read_manifest(data: bytes) -> Manifest:
    """Return the manifest in `data`; refuse an unknown format or a wrong shape."""
    try:
        found = msgspec.json.decode(data, type=_Format).format
        if found == FORMAT:
            return msgspec.json.decode(data, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise BadManifestError("The extract's manifest is not of the agreed shape.") from None
    raise UnknownFormatError("The extract is of a format that this version does not know.")


def manifest_bytes(manifest: Manifest) -> bytes:
    """Return the manifest as UTF-8 JSON, the same bytes for the same value."""
    return msgspec.json.format(msgspec.json.encode(manifest, order="sorted"), indent=1)
