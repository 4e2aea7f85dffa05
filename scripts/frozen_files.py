"""Which files a bundle takes, of all that the freezer collects."""

import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from PyInstaller.depend.bindepend import get_imports

Row = tuple[str, str, str]
"""Where a file goes in the bundle, where it is (or where a link leads), and what it is."""
UNUSED_QT = "EglFS|EglFs|Network|OpenGL|Pdf|Qml|Quick|Sql|Test|VirtualKeyboard|Wayland|WlShell"
UNUSED = re.compile(
    rf"Qt6?({UNUSED_QT})"
    r"|plugins/(egldeviceintegrations|generic|networkinformation|tls|wayland|xcbglintegrations)"
    r"|platforms/libq(eglfs|linuxfb|minimal|minimalegl|vkkhrdisplay|vnc|wayland)"
    r"|imageformats/(lib)?q(gif|icns|jpeg|pdf|tga|tiff|wbmp|webp)"
    r"|libqgtk3|virtualkeyboard|PySide6/.*translations/"
    r"|dist-info/(?!METADATA)"
    r"|mpl-data/(images|sample_data|plot_directive)"
)
SYSTEMS_OWN = "printsupport/libcupsprintersupport"
"""Printing speaks to the system's own service: its libraries are the system's, never ours."""


def wanted(table: Iterable[Row]) -> list[Row]:
    """Return the files that are used."""
    return [row for row in table if not UNUSED.search(row[0].replace("\\", "/"))]


def needed(table: list[Row]) -> list[Row]:
    """Return the files, of libraries that only came along with others those something needs."""
    alongside = [row for row in table if came_along(row)]
    kept = [row for row in table if not came_along(row)]
    names = linked(row for row in kept if SYSTEMS_OWN not in row[0])
    while more := [row for row in alongside if Path(row[0]).name in names]:
        alongside = [row for row in alongside if row not in more]
        kept += more
        names = linked(more)
    return kept


def came_along(row: Row) -> bool:
    """Whether a file is in the bundle only because something else was thought to need it."""
    place, _, kind = row
    beside = "/" not in place or ".libs/" in place
    return beside and kind != "EXTENSION" and not place.startswith("libpython")


def linked(rows: Iterable[Row]) -> set[str]:
    """Return the names of the libraries that these files are linked with."""
    files = [source for _, source, kind in rows if kind != "SYMLINK"]
    return {Path(name).name for source in files for name, _ in get_imports(source)}


def of_the_system(table: Iterable[Row]) -> set[Path]:
    """Return the files that neither a wheel nor the interpreter brings."""
    return {Path(row[1]) for row in table if row[2] != "SYMLINK" and not from_python(row)}


def from_python(row: Row) -> bool:
    """Whether a file is a wheel's or the interpreter's."""
    return any(place in row[1] for place in ("site-packages", "python3"))


def without_debugging(table: Iterable[Row], folder: Path) -> list[Row]:
    """Return the table with the interpreter's own libraries freed of what only debuggers read.

    An interpreter built from source carries some 20 MB of it. Wheels stay as they are.
    """
    strip = shutil.which("strip")
    if strip is None:
        return list(table)
    folder.mkdir(parents=True, exist_ok=True)
    return [stripped(row, folder, strip) if interpreters_own(row) else row for row in table]


def interpreters_own(row: Row) -> bool:
    """Whether a file is a library of the interpreter's."""
    return row[2] != "SYMLINK" and from_python(row) and "site-packages" not in row[1]


def stripped(row: Row, folder: Path, strip: str) -> Row:
    """Return the row of a copy without what only debuggers read."""
    place, source, kind = row
    copy = folder / Path(place).name
    subprocess.run([strip, "--strip-debug", "-o", copy, source], check=True)
    return place, str(copy), kind
