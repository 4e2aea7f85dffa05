"""The diagnostic report: what may be sent to those who keep Plumbline, and nothing of a record."""

from collections.abc import Iterable

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

from desktop.session import Desk, Session
from desktop.versions import parts, system_words, version_of

PROMISE = "No name, no number of a record, no path and no text that was written is in this report."


def diagnostic_report(desk: Desk) -> str:
    """Return versions, screens, settings and what kind of file is open, in plain lines."""
    return "\n".join((PROMISE, "", *_program(), "", *_looks(desk), "", *_open(desk), ""))


def _program() -> Iterable[str]:
    yield f"Plumbline {version_of('plumbline')} · {system_words()}"
    yield f"Qt {qVersion()} · platform {QGuiApplication.platformName()}"
    yield "Made with: " + ", ".join(f"{name} {version}" for name, version, _ in parts())


def _looks(desk: Desk) -> Iterable[str]:
    for at, screen in enumerate(QGuiApplication.screens(), start=1):
        size = screen.size()
        ratio = screen.devicePixelRatio()
        yield f"Screen {at}: {size.width()} × {size.height()}, scaled {ratio:g}"
    now = desk.preferences.values
    yield f"Window {now.width} × {now.height} · text size {now.text_size:.0%} · look {now.look}"
    yield f"Nothing moves: {_yes(now.still)} · vault locks after {now.idle_minutes} minutes"


def _open(desk: Desk) -> Iterable[str]:
    keeper = desk.keeper
    yield f"Vault made: {_yes(keeper.exists)} · unlocked: {_yes(keeper.is_open)}"
    if not isinstance(desk, Session):
        yield "No file is open."
        return
    extract = desk.review.extract
    manifest = extract.manifest
    yield f"Open file: {manifest.format}, {manifest.level}, trust state {extract.verdict.state}"
    kinds = ", ".join(outcome.kind for outcome in manifest.outcomes)
    yield f"Outcomes: {len(manifest.outcomes)} ({kinds})"


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"
