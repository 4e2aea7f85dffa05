"""Say in what two bundles differ: files that only one holds, links, modes and bytes."""

import sys
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path


def main() -> int:
    """Return 0 where the two folders that are named hold the same."""
    one, other = (contents(Path(folder)) for folder in sys.argv[1:3])
    differences = compared(one, other)
    for difference in differences:
        print(difference)
    print(f"{len(one)} and {len(other)} files, {len(differences)} differences")
    return 1 if differences else 0


def contents(folder: Path) -> dict[str, str]:
    """Return for each file what it is: the place a link leads to, or mode and SHA-256."""
    return {
        path.relative_to(folder).as_posix(): described(path)
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or path.is_file()
    }


def described(path: Path) -> str:
    """Return what a file is."""
    if path.is_symlink():
        return f"link to {path.readlink()}"
    return f"{path.stat().st_mode & 0o777:o} {sha256(path.read_bytes()).hexdigest()}"


def compared(one: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    """Return a line for each name that is not the same in both."""
    return [
        f"{name}: {one.get(name, 'absent')} | {other.get(name, 'absent')}"
        for name in sorted(one.keys() | other.keys())
        if one.get(name) != other.get(name)
    ]


if __name__ == "__main__":
    sys.exit(main())
