"""Pack the bundle into one file to hand on: the same bytes for the same bundle."""

import gzip
import os
import sys
import tarfile
from importlib.metadata import version
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

ROOT = Path(__file__).resolve().parents[1]
EPOCH = int(os.environ.get("SOURCE_DATE_EPOCH", "1735689600"))
FIRST_DATE = (1980, 1, 1, 0, 0, 0)
NAMES = {"darwin": "Plumbline.app"}


def main() -> None:
    """Write dist/plumbline-VERSION-SYSTEM.tar.gz, or .zip on Windows, and say where."""
    folder = ROOT / "dist" / NAMES.get(sys.platform, "plumbline")
    stem = ROOT / "dist" / f"plumbline-{version('plumbline')}-{sys.platform}"
    if sys.platform == "win32":
        made = zipped(folder, stem.with_name(f"{stem.name}.zip"))
    else:
        made = tarred(folder, stem.with_name(f"{stem.name}.tar.gz"))
    print(f"{made.stat().st_size / 1e6:.1f} MB  {made.relative_to(ROOT)}")


def tarred(folder: Path, target: Path) -> Path:
    """Write the folder in order, with one date and no owner, and return the file."""
    with (
        target.open("wb") as raw,
        gzip.GzipFile("", "wb", fileobj=raw, mtime=EPOCH) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for path in sorted(folder.rglob("*")):
            archive.add(path, named(path, folder), recursive=False, filter=anonymous)
    return target


def anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Return the member without what the machine it was made on adds."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mtime = EPOCH
    return member


def zipped(folder: Path, target: Path) -> Path:
    """Write the folder in order, with one date, and return the file."""
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            member = ZipInfo(named(path, folder), FIRST_DATE)
            member.compress_type = ZIP_DEFLATED
            archive.writestr(member, path.read_bytes())
    return target


def named(path: Path, folder: Path) -> str:
    """Return the name inside: the folder's own name comes first."""
    return path.relative_to(folder.parent).as_posix()


if __name__ == "__main__":
    main()
