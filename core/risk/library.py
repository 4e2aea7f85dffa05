"""The risk models at hand: those shipped, and those that came with an extract."""

from collections.abc import Mapping
from functools import partial

from core.assets import asset, asset_names
from core.errors import BadModelError, UnknownModelError
from core.risk.model import RiskModel, parse_model

_FOLDER = "risk_models"


def model_names(extra: Mapping[str, bytes] | None = None) -> tuple[str, ...]:
    """Return the names, sorted, of the shipped models and of those in `extra`."""
    return tuple(sorted({*_shipped(), *(extra or {})}))


def load_model(name: str, extra: Mapping[str, bytes] | None = None) -> RiskModel:
    """Return the model of that name; one in `extra` (name to TOML) goes before a shipped one.

    Raises UnknownModelError, or BadModelError where it or a model it builds on is wrong.
    """
    return _load(name, extra or {}, ())


def _load(name: str, extra: Mapping[str, bytes], path: tuple[str, ...]) -> RiskModel:
    if name in path:
        raise BadModelError(f"{' → '.join((*path, name))}: a model is built on itself.")
    shipped = _shipped()
    if name not in extra and name not in shipped:
        raise UnknownModelError("No risk model of that name is known.")
    data = extra[name] if name in extra else asset(shipped[name])
    return parse_model(data, name, partial(_load, extra=extra, path=(*path, name)))


def _shipped() -> dict[str, str]:
    paths = asset_names(_FOLDER, ".toml")
    return {path.rpartition("/")[2].removesuffix(".toml"): path for path in paths}
