"""The risk models at hand: those shipped, and those that came with an extract."""

from collections.abc import Mapping
from functools import partial

from core.assets import asset, asset_names
from core.errors import BadModelError, UnknownModelError
from core.risk.model import RiskModel, parse_model

_FOLDER = "risk_models"
_DEPTH = 3


def model_names(extra: Mapping[str, bytes] | None = None) -> tuple[str, ...]:
    """Return the names, sorted, of the shipped models and of those in `extra`."""
    return tuple(sorted({*_shipped(), *(extra or {})}))


def load_model(name: str, extra: Mapping[str, bytes] | None = None) -> RiskModel:
    """Return the model of that name; one in `extra` (name to TOML) goes before a shipped one.

    Raises UnknownModelError, or BadModelError where it or a model it builds on is wrong.
    """
    return _load(name, extra or {}, {}, ())


def _load(
    name: str, extra: Mapping[str, bytes], found: dict[str, RiskModel], path: tuple[str, ...]
) -> RiskModel:
    if name in path or len(path) >= _DEPTH:
        chain = " → ".join((*path, name))
        raise BadModelError(f"{chain}: a model is built on itself, or the chain is too long.")
    if name not in found:
        others = partial(_load, extra=extra, found=found, path=(*path, name))
        found[name] = parse_model(_bytes(name, extra), name, others)
    return found[name]


def _bytes(name: str, extra: Mapping[str, bytes]) -> bytes:
    shipped = _shipped()
    if name not in extra and name not in shipped:
        raise UnknownModelError("No risk model of that name is known.")
    return extra[name] if name in extra else asset(shipped[name])


def _shipped() -> dict[str, str]:
    paths = asset_names(_FOLDER, ".toml")
    return {path.rpartition("/")[2].removesuffix(".toml"): path for path in paths}
