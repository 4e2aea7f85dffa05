"""The page that documents the risk models, written from their files."""

from collections.abc import Iterable, Iterator

from core.risk.fields import CodeField, Field
from core.risk.model import Quantity, RiskModel, Score
from core.risk.terms import Band, Bands, Category, Codes, Linear, Spline, Term

_HEAD = """# Risk models

Written from `resources/risk_models/*.toml` by `make docs`; change those.

For the cases of an open extract only. This is no calculator for patients being treated.

A case that lacks a factor gets no risk and is counted. Where a model's authors document a
default, it is used only on request, and is named on every figure. A value outside its range is
refused; one that the model itself clamps is held at the limit and counted.
"""

_STEPS = {
    "clamp": "held within {} and {}",
    "at_least": "at least {}",
    "at_most": "at most {}",
    "plus": "plus {}",
    "minus": "minus {}",
    "times": "times {}",
    "power": "to the power {}",
    "ln": "natural logarithm",
    "logit": "log-odds",
    "round_down": "rounded down",
}


def models_page(models: Iterable[RiskModel]) -> str:
    """Return the page on `models` in Markdown."""
    listed = list(models)
    lines = [_HEAD, "| name | model | result | status | verification |", "|---|---|---|---|---|"]
    for one in listed:
        about = one.about
        lines.append(
            f"| [`{one.name}`](#{one.name}) | {about.label} | {one.scale} "
            f"| {about.status} | {about.verification} |"
        )
    for one in listed:
        lines += ["", *_model(one)]
    return "\n".join(lines) + "\n"


def _model(model: RiskModel) -> Iterator[str]:
    yield f"## {model.name}"
    yield ""
    yield f"**{model.about.label}.** {model.about.outcome}."
    yield ""
    yield from _about(model)
    yield ""
    yield "| field | asks | allowed | default | also called |"
    yield "|---|---|---|---|---|"
    for name, field in model.fields.items():
        yield f"| `{name}` | {_asks(field)} | {_allowed(field)} | {_default(field)} " + (
            f"| {', '.join(field.synonyms)} |"
        )
    for name, quantity in model.quantities.items():
        yield from ("", f"`{name}` is {_quantity(quantity)}.")
    for name, score in model.scores.items():
        yield from ("", *_score(name, score))


def _about(model: RiskModel) -> Iterator[str]:
    about = model.about
    yield f"- Population: {about.population}"
    yield f"- Derived from: {about.derivation}"
    if about.valid_from or about.valid_to:
        yield f"- For operations: {about.valid_from or ''} to {about.valid_to or 'now'}"
    yield f"- Source: {about.citation}" + (f"; doi:{about.doi}" if about.doi else "")
    yield f"- Verification: {about.verification}. {about.checked_against}"
    yield f"- Licence: {about.licence}"
    if about.remarks:
        yield f"- {about.remarks}"


def _asks(field: Field) -> str:
    return field.label + (f". {field.note}" if field.note else "")


def _allowed(field: Field) -> str:
    if isinstance(field, CodeField):
        return "; ".join(f"`{code}` {one.label}" for code, one in field.codes.items())
    return field.rule()


def _default(field: Field) -> str:
    default = field.default_value()
    if default is None:
        return ""
    return list(field.codes)[int(default)] if isinstance(field, CodeField) else f"{default:g}"


def _quantity(quantity: Quantity) -> str:
    words = [f"`{quantity.of}`"]
    for step in quantity.steps:
        amounts = [f"{getattr(step, name):g}" for name in step.__struct_fields__]
        words.append(_STEPS[str(step.__struct_config__.tag)].format(*amounts))
    return ", ".join(words)


def _score(name: str, score: Score) -> Iterator[str]:
    given = (
        f" Cases may carry it ready made, {score.given[0]:g} to {score.given[1]:g}."
        if (score.given)
        else ""
    )
    if score.model is not None:
        yield f"`{name}`, {score.label}: the result of `{score.model}`.{given}"
        return
    made = {"points": "points", "logistic": "logistic", "table": "a table of risks"}[score.form]
    yield f"`{name}`, {score.label}: {made}, intercept {score.intercept:.12g}.{given}"
    yield ""
    yield "| term | of | adds |"
    yield "|---|---|---|"
    for term in score.terms:
        yield f"| {term.label} | `{term.of}` | {_adds(term)} |"


def _adds(term: Term) -> str:
    match term:
        case Linear():
            return f"{term.coefficient:.12g} × `{term.of}`" + _times(term.times)
        case Category():
            when = "".join(
                f", where `{name}` is {' or '.join(codes)}" for name, codes in term.when.items()
            )
            return _pairs(term.levels) + _times(term.times) + when
        case Bands():
            return "; ".join(f"{_edge(band)} {band.value:g}" for band in term.bands)
        case Spline():
            pairs = zip(term.knots, term.cubes, strict=True)
            cubes = "; ".join(f"{cube:.12g} from {knot:.12g}" for knot, cube in pairs)
            return f"{term.slope:.12g} × `{term.of}`, and cubes: {cubes}"
        case Codes():
            counted = "each group found" if term.count == "each" else "once where any is found"
            return f"{_pairs(term.points)} ({counted})"


def _edge(band: Band) -> str:
    if band.to is not None:
        return f"to {band.to:g}:"
    return f"below {band.below:g}:" if band.below is not None else "otherwise:"


def _pairs(levels: dict[str, float]) -> str:
    return "; ".join(f"{code}: {amount:.12g}" for code, amount in levels.items())


def _times(name: str | None) -> str:
    return "" if name is None else f", × `{name}`"
