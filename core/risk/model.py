"""A published risk model as data: what it asks, what it adds up, and where it comes from."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from graphlib import CycleError, TopologicalSorter
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from msgspec import Meta, Struct

from core.errors import BadModelError, UnknownModelError
from core.risk import consistency
from core.risk.fields import Field, Text
from core.risk.steps import Number, Step
from core.risk.terms import Category, Linear, Term

LIMIT = 256 * 1024
_Part = TypeVar("_Part")
_Entries = Annotated[dict[Text, Any], Meta(max_length=200)]


class About(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where a model comes from and how far it can be relied on."""

    label: Text
    outcome: Text
    population: Text
    derivation: Text
    citation: Text
    verification: Literal["strong", "good", "single source", "unverified"]
    checked_against: Text
    licence: Text
    status: Literal["current", "historic", "stop-gap"] = "current"
    doi: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    remarks: str = ""


class Quantity(Struct, frozen=True, forbid_unknown_fields=True):
    """A named number made from another by steps."""

    of: Text
    steps: Annotated[tuple[Step, ...], Meta(max_length=20)]


class Score(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A sum of terms, or the result of another model; `given` lets cases carry it ready made.

    `form` says what becomes of the sum: the points themselves, a probability by the logistic
    function, or a probability read from a table.
    """

    label: Text
    form: Literal["points", "logistic", "table"] = "points"
    intercept: Number = 0.0
    terms: Annotated[tuple[Term, ...], Meta(max_length=300)] = ()
    model: Text | None = None
    given: tuple[Number, Number] | None = None

    @property
    def unit(self) -> Literal["points", "log-odds", "risk"]:
        """Return what its terms add up."""
        if self.form == "points":
            return "points"
        return "log-odds" if self.form == "logistic" else "risk"


@dataclass(frozen=True, slots=True)
class RiskModel:
    """One model: the score named `result` is its risk (or its points).

    `fields` are all it may read, those of its `parts` (other models it builds on) included;
    `order` names quantities and scores so that each comes after what it is made of.
    """

    name: str
    about: About
    fields: Mapping[str, Field]
    quantities: Mapping[str, Quantity]
    scores: Mapping[str, Score]
    result: str
    parts: Mapping[str, "RiskModel"]
    order: tuple[str, ...]

    @property
    def top(self) -> Score:
        """Return the score that is the model's result."""
        return self.scores[self.result]

    @property
    def scale(self) -> Literal["risk", "points"]:
        """Return whether the result is a probability or a number of points."""
        if self.top.model is not None:
            return self.parts[self.top.model].scale
        return "points" if self.top.form == "points" else "risk"

    def root(self, name: str) -> str:
        """Return the field or score that `name` is made from, through every step."""
        while name in self.quantities:
            name = self.quantities[name].of
        return name

    def made_of(self, name: str) -> frozenset[str]:
        """Return the names in this model that the quantity or score `name` reads directly."""
        return _made_of(self.quantities, self.scores, name)


def _no_others(name: str) -> RiskModel:
    raise UnknownModelError("No other risk model is at hand.")


def parse_model(
    data: bytes, name: str, others: Callable[[str], RiskModel] = _no_others
) -> RiskModel:
    """Return the model that the TOML text `data` describes; nothing in it is ever executed.

    `name` names the model and stands in every error; `others` gives the models that this one
    may build on. Raises BadModelError naming the model, the key and the reason.
    """
    try:
        return _build(_toml(data), name, others)
    except BadModelError as error:
        raise BadModelError(f"Risk model {name}: {error.message}") from None


def _toml(data: bytes) -> dict[str, Any]:
    if len(data) > LIMIT:
        raise BadModelError("the file is larger than 256 KB.")
    try:
        return tomllib.loads(data.decode("utf-8"))
    except UnicodeDecodeError:
        raise BadModelError("the file is not UTF-8 text.") from None
    except tomllib.TOMLDecodeError as error:
        raise BadModelError(f"the file is not TOML: {error}.") from None
    except RecursionError:
        raise BadModelError("the file is nested too deeply.") from None


def _build(raw: dict[str, Any], name: str, others: Callable[[str], RiskModel]) -> RiskModel:
    for key in raw.keys() - {"about", "fields", "quantities", "scores", "result"}:
        raise BadModelError(f"{key}: unknown key.")
    own = _table(raw, "fields", Field)
    scores = _table(raw, "scores", Score)
    quantities = _table(raw, "quantities", Quantity)
    parts = _parts(scores, others)
    model = RiskModel(
        name=name,
        about=_part(raw.get("about", {}), "about", About),
        fields=consistency.all_fields(own, [part.fields for part in parts.values()]),
        quantities=quantities,
        scores=scores,
        result=_part(raw.get("result"), "result", Text),
        parts=parts,
        order=_order(quantities, scores),
    )
    consistency.check(model)
    return model


def _parts(scores: Mapping[str, Score], others: Callable[[str], RiskModel]) -> dict[str, RiskModel]:
    parts: dict[str, RiskModel] = {}
    for name, score in scores.items():
        if score.model is not None:
            try:
                parts[score.model] = others(score.model)
            except UnknownModelError as error:
                raise BadModelError(f"scores.{name}.model: {error.message}") from None
    return parts


def _table(raw: dict[str, Any], key: str, shape: Any) -> dict[str, Any]:
    entries = _part(raw.get(key, {}), key, _Entries)
    return {name: _part(entry, f"{key}.{name}", shape) for name, entry in entries.items()}


def _part(raw: object, key: str, shape: type[_Part]) -> _Part:
    try:
        return msgspec.convert(raw, shape)
    except msgspec.ValidationError as error:
        reason, _, place = str(error).partition(" - at `$")
        raise BadModelError(f"{key}{place.rstrip('`')}: {reason}.") from None
    except RecursionError:
        raise BadModelError(f"{key}: nested too deeply.") from None


def _order(quantities: Mapping[str, Quantity], scores: Mapping[str, Score]) -> tuple[str, ...]:
    graph = {name: _made_of(quantities, scores, name) for name in (*quantities, *scores)}
    try:
        order = tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        raise BadModelError(f"{' → '.join(error.args[1])}: made of itself.") from None
    return tuple(name for name in order if name in graph)


def _made_of(
    quantities: Mapping[str, Quantity], scores: Mapping[str, Score], name: str
) -> frozenset[str]:
    if name in quantities:
        return frozenset({quantities[name].of})
    return frozenset(one for term in scores[name].terms for one in reads(term))


def reads(term: Term) -> tuple[str, ...]:
    """Return the names that a term reads."""
    times = term.times if isinstance(term, Linear | Category) else None
    when = tuple(term.when) if isinstance(term, Category) else ()
    return (term.of, *when, *(() if times is None else (times,)))
