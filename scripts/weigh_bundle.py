"""Print what each part of a bundle weighs; fail where it is too heavy or holds what it must not."""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

LARGEST = 450_000_000
MUST_NOT = re.compile(
    r"QtNetwork|Qt6Network|WebEngine|_tkinter|libtcl|libtk|_ssl|libssl|_socket|_asyncio|aiohttp"
    r"|pyhanko|pymupdf|onnxruntime|statsmodels|outloud|pytest|hypothesis|libreadline|libcups\."
)
LISTED = 100_000


def main() -> int:
    """Return 0 when the bundle in the folder that is named is as it must be."""
    folder = Path(sys.argv[1])
    weights = weigh(folder)
    for part, weight in weights.most_common():
        if weight >= LISTED:
            print(f"{weight / 1e6:9.1f} MB  {part}")
    small = [weight for weight in weights.values() if weight < LISTED]
    print(f"{sum(small) / 1e6:9.1f} MB  {len(small)} smaller parts")
    print(f"{weights.total() / 1e6:9.1f} MB  in all; at most {LARGEST / 1e6:.0f} MB")
    faults = list(found_wrong(folder))
    if weights.total() > LARGEST:
        faults.append("it weighs too much")
    for fault in faults:
        print(f"The bundle is not as it must be: {fault}")
    return 1 if faults else 0


def weigh(folder: Path) -> Counter[str]:
    """Return the bytes of each part: the first folder inside, or a file that stands alone."""
    weights: Counter[str] = Counter()
    for path in files(folder):
        inside = path.relative_to(folder).parts
        inner = inside[1:] if inside[0] == "_internal" and len(inside) > 1 else inside
        weights[named(inner[0])] += path.stat().st_size
    return weights


def named(part: str) -> str:
    """Return the package that a folder of its libraries or metadata belongs to."""
    return re.sub(r"\.libs$|-[\d.]+\.dist-info$", "", part)


def found_wrong(folder: Path) -> Iterator[str]:
    """Yield what the bundle holds and must not: by the names of files, and of frozen modules."""
    for path in files(folder):
        name = path.relative_to(folder).as_posix()
        if MUST_NOT.search(name) and "LICENSES" not in name:
            yield name
    for path in folder.rglob("*"):
        if path.is_symlink() and not path.exists():
            yield f"a link that leads nowhere: {path.name}"
    yield from (f"module {name}" for name in frozen(folder) if MUST_NOT.match(name))


def frozen(folder: Path) -> Iterator[str]:
    """Yield the names of the modules frozen into the program."""
    from PyInstaller.archive.readers import CArchiveReader

    for program in ("plumbline", "plumbline.exe"):
        if (folder / program).is_file():
            yield from CArchiveReader(str(folder / program)).open_embedded_archive("PYZ.pyz").toc


def files(folder: Path) -> Iterator[Path]:
    """Yield each file; a link weighs nothing."""
    return (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


if __name__ == "__main__":
    sys.exit(main())
