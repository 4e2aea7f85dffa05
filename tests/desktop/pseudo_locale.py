"""A made-up language: every word accented, longer by two fifths and in brackets, by Qt's tools."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from shutil import which

OPENS, CLOSES = "[", "]"
"""Brackets that our own typeface has: another has other heights."""
INNERMOST = re.compile(r"\[[^\[\]]*\]")
KEPT = re.compile(r"(\{[^{}]*\}|%n|%\d|<[^>]*>|&\w+;|\(\*[^)]*\)|;;)")
"""Places for values, tags, entities and the endings of files in a dialogue."""
ACCENTED = str.maketrans("AEIOUaeiouycn", "ÀÉÎÕÜàéîõüýçñ")
MORE = "ñõ môré wõrds thân nééded "


def translated(text: str) -> str:
    """Return a text in the made-up language."""
    parts = KEPT.split(text)
    accented = "".join(
        part if at % 2 else part.translate(ACCENTED) for at, part in enumerate(parts)
    )
    letters = sum(len(part) for part in parts[::2])
    wanted = max(1, round(0.4 * letters))
    more = (MORE * (wanted // len(MORE) + 1))[:wanted].strip() or "ñ"
    return f"{OPENS}{accented} {more}{CLOSES}"


def outside(text: str) -> str:
    """Return what of a shown text was not translated."""
    while found := INNERMOST.search(text):
        text = f"{text[: found.start()]} {text[found.end() :]}"
    return text.strip()


def template(sources: Path, folder: Path) -> Path:
    """Return the .ts of every word that Qt's tool finds in the sources."""
    made = folder / "pseudo.ts"
    files = [str(path) for path in sorted(sources.rglob("*.py"))]
    tool("lupdate", *files, "-ts", str(made))
    return made


def compiled(ts: Path) -> bytes:
    """Return the .qm of a .ts with every text in the made-up language."""
    tree = ElementTree.parse(ts)
    for message in tree.iter("message"):
        shown = message.find("translation")
        assert shown is not None
        shown.attrib.pop("type", None)
        shown.text = translated(message.findtext("source") or "")
    tree.write(ts, encoding="utf-8", xml_declaration=True)
    made = ts.with_suffix(".qm")
    tool("lrelease", str(ts), "-qm", str(made))
    return made.read_bytes()


def tool(name: str, *words: str) -> str:
    """Run a tool of the PySide6 that is installed here."""
    program = which(f"pyside6-{name}", path=str(Path(sys.executable).parent))
    assert program, f"pyside6-{name} is not beside {sys.executable}"
    done = subprocess.run([program, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
