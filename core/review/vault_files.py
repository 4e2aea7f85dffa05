"""The names of a vault's files, and whether a folder holds them; asked before the first window."""

from pathlib import Path

IDENTITY, RECOVERY = "identity.age", "recovery.age"
EXTRACTS, LINKS = "extracts", "links"


def is_vault(folder: Path) -> bool:
    """Say whether `folder` holds a vault's key file."""
    return (folder / IDENTITY).exists() or (folder / RECOVERY).exists()
