"""The audit profiles at hand: those shipped, and those a user adds."""

from collections.abc import Mapping

from core.assets import asset, asset_names
from core.audits.profile import Profile, parse_profile
from core.errors import UnknownProfileError

_FOLDER, _SUFFIX = "audits", ".toml"


def profile_names(extra: Mapping[str, bytes] | None = None) -> tuple[str, ...]:
    """Return the names, sorted, of the shipped profiles and of those in `extra`."""
    return tuple(sorted({*_shipped(), *(extra or {})}))


def load_profile(name: str, extra: Mapping[str, bytes] | None = None) -> Profile:
    """Return the profile of that name; one in `extra` (name to TOML) goes before a shipped one.

    Raises UnknownProfileError, or BadProfileError where its file is wrong.
    """
    added, shipped = extra or {}, _shipped()
    if name not in added and name not in shipped:
        raise UnknownProfileError("No audit profile of that name is known.")
    data = added[name] if name in added else asset(shipped[name])
    return parse_profile(data, name + _SUFFIX)


def _shipped() -> dict[str, str]:
    paths = asset_names(_FOLDER, _SUFFIX)
    return {path.rpartition("/")[2].removesuffix(_SUFFIX): path for path in paths}
