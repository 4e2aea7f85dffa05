"""What the shape of a risk model file alone cannot say: names that exist, edges in order."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NoReturn

from core.errors import BadModelError
from core.risk.fields import CodeField, CodeListField, Field, NumberField, YesNoField
from core.risk.terms import Bands, Category, Codes, Linear, Spline, Term

if TYPE_CHECKING:
    from core.risk.model import RiskModel, Score

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")


def all_fields(own: Mapping[str, Field], parts: Iterable[Mapping[str, Field]]) -> dict[str, Field]:
    """Return the fields of a model and its parts; refuse one name with two meanings."""
    found = dict(own)
    for fields in parts:
        for name, field in fields.items():
            if found.setdefault(name, field) != field:
                _refuse(f"fields.{name}", "a model it builds on defines this field otherwise")
    return found


def check(model: "RiskModel") -> None:
    """Raise BadModelError where the parts of `model` do not fit together."""
    _check_names(model)
    for name, field in model.fields.items():
        _check_field(f"fields.{name}", field)
    for name, quantity in model.quantities.items():
        _numeric(model, f"quantities.{name}.of", quantity.of)
    built_on = [score.model for score in model.scores.values() if score.model is not None]
    if len(built_on) > len(set(built_on)):
        _refuse("scores", "two of them are the result of the same model")
    for name, score in model.scores.items():
        _check_score(model, f"scores.{name}", score)
    _check_used(model)


def _check_names(model: "RiskModel") -> None:
    if model.result not in model.scores:
        _refuse("result", "names no score")
    names = (*model.fields, *model.quantities, *model.scores)
    for name in names:
        if not _NAME.fullmatch(name):
            _refuse(name, "a name has letters, digits and underscores, and begins with a letter")
        if names.count(name) > 1:
            _refuse(name, "the name stands for two things")


def _check_used(model: "RiskModel") -> None:
    used = {one for name in model.order for one in model.made_of(name)}
    used |= {name for part in model.parts.values() for name in part.fields}
    for name in {*model.fields, *model.quantities, *model.scores} - used - {model.result}:
        _refuse(name, "nothing uses it")


def _check_field(key: str, field: Field) -> None:
    if isinstance(field, NumberField):
        low, high = field.range
        if not low < high:
            _refuse(f"{key}.range", "the first number must be below the second")
        if field.default is not None and not low <= field.default <= high:
            _refuse(f"{key}.default", "outside the range")
    if isinstance(field, CodeField):
        try:
            field.spellings()
        except ValueError as error:
            _refuse(f"{key}.codes", str(error))
        if field.default is not None and field.default not in field.codes:
            _refuse(f"{key}.default", "not one of the codes")


def _check_score(model: "RiskModel", key: str, score: "Score") -> None:
    if (score.model is None) == (not score.terms):
        _refuse(key, "must have either terms or a model")
    if score.model is not None and (score.form != "points" or score.intercept):
        _refuse(key, "a score taken from a model has no form or intercept of its own")
    if score.given is not None and not score.given[0] < score.given[1]:
        _refuse(f"{key}.given", "the first number must be below the second")
    for position, term in enumerate(score.terms):
        _check_term(model, f"{key}.terms[{position}]", term)
    if score.form == "table" and not _is_table(score):
        _refuse(f"{key}.form", "a table is one term of bands with values from 0 to 1")


def _is_table(score: "Score") -> bool:
    return (
        len(score.terms) == 1
        and score.intercept == 0
        and isinstance(score.terms[0], Bands)
        and all(0 <= band.value <= 1 for band in score.terms[0].bands)
    )


def _check_term(model: "RiskModel", key: str, term: Term) -> None:
    match term:
        case Category():
            _check_category(model, key, term)
        case Codes():
            _expect(model, f"{key}.of", term.of, CodeListField)
        case Bands():
            _numeric(model, f"{key}.of", term.of)
            _check_bands(f"{key}.bands", term)
        case Spline():
            _numeric(model, f"{key}.of", term.of)
            _check_spline(key, term)
        case Linear():
            _numeric(model, f"{key}.of", term.of)
            if term.times is not None:
                _numeric(model, f"{key}.times", term.times)


def _check_category(model: "RiskModel", key: str, term: Category) -> None:
    codes = _codes(model, f"{key}.of", term.of)
    if codes != term.levels.keys():
        _refuse(f"{key}.levels", "must name every code of its field and no other")
    for name, wanted in term.when.items():
        if not wanted or not _codes(model, f"{key}.when", name) >= set(wanted):
            _refuse(f"{key}.when.{name}", "must list codes of that field")
    if term.times is not None:
        _numeric(model, f"{key}.times", term.times)


def _check_bands(key: str, term: Bands) -> None:
    for band in term.bands:
        if band.to is not None and band.below is not None:
            _refuse(key, "a band has `to` or `below`, not both")
    edges = [band.edge for band in term.bands]
    inner = [edge for edge in edges[:-1] if edge is not None]
    if edges[-1] is not None or len(inner) != len(edges) - 1:
        _refuse(key, "every band but the last needs an upper edge, the last none")
    if any(not first[0] < second[0] for first, second in pairwise(inner)):
        _refuse(key, "the edges must rise")


def _check_spline(key: str, term: Spline) -> None:
    if len(term.knots) != len(term.cubes):
        _refuse(f"{key}.cubes", "there must be one for each knot")
    if any(not first < second for first, second in pairwise(term.knots)):
        _refuse(f"{key}.knots", "they must rise")
    moments = [cube * knot for knot, cube in zip(term.knots, term.cubes, strict=True)]
    if not (_cancel(term.cubes) and _cancel(moments)):
        _refuse(f"{key}.cubes", "beyond the last knot the spline is not a straight line")


def _cancel(amounts: Sequence[float]) -> bool:
    return abs(sum(amounts)) <= 1e-5 * sum(map(abs, amounts))


def _numeric(model: "RiskModel", key: str, name: str) -> None:
    if name not in model.quantities and name not in model.scores:
        _expect(model, key, name, NumberField, YesNoField)


def _codes(model: "RiskModel", key: str, name: str) -> set[str]:
    field = _expect(model, key, name, CodeField)
    return set(field.codes) if isinstance(field, CodeField) else set()


def _expect(model: "RiskModel", key: str, name: str, *kinds: type[Field]) -> Field:
    field = model.fields.get(name)
    if field is None:
        _refuse(key, f"{name!r} is not defined")
    if not isinstance(field, kinds):
        _refuse(key, f"{name!r} is of the wrong type here")
    return field


def _refuse(key: str, reason: str) -> NoReturn:
    raise BadModelError(f"{key}: {reason}.")
