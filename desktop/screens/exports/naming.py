"""How the file of a document is named: with its ending, so that none beside it has its name."""

from pathlib import Path


def with_ending(path: Path, ending: str) -> Path:
    """Return `path` with `ending` (".pdf", ".xlsx.age"), added as far as the name lacks it."""
    name = path.name
    if not name or name.lower().endswith(ending):
        return path
    begun = ending[: ending.rfind(".")]
    lacking = ending.removeprefix(begun) if begun and name.lower().endswith(begun) else ending
    return path.with_name(name.rstrip(".") + lacking)
