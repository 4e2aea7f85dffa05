"""The diagnostic report: what may be sent to those who keep Plumbline, and nothing of a record."""

from collections.abc import Iterable

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

from desktop.session import Desk, Session
from desktop.translation import QT_TR_NOOP, tr
from desktop.versions import parts, system_words, version_of

PROMISE = QT_TR_NOOP(
    "No name, no number of a record, no path and no text that was written is in this report."
)


def diagnostic_report(desk: Desk) -> str:
    """Return versions, screens, settings and what kind of file is open, in plain lines."""
    return "\n".join((tr(PROMISE), "", *_program(), "", *_looks(desk), "", *_open(desk), ""))


def _program() -> Iterable[str]:
    yield f"Plumbline {version_of('plumbline')} · {system_words()}"
    platform = QGuiApplication.platformName()
    yield tr("Qt {version} · platform {platform}").format(version=qVersion(), platform=platform)
    used = ", ".join(f"{name} {version}" for name, version, _ in parts())
    yield tr("Made with: {parts}").format(parts=used)


def _looks(desk: Desk) -> Iterable[str]:
    for at, screen in enumerate(QGuiApplication.screens(), start=1):
        size = screen.size()
        ratio = screen.devicePixelRatio()
        said = tr("Screen {n}: {width} × {height}, scaled {ratio}")
        yield said.format(n=at, width=size.width(), height=size.height(), ratio=f"{ratio:g}")
    now = desk.preferences.values
    said = tr("Window {width} × {height} · text size {size} · look {look}")
    yield said.format(
        width=now.width, height=now.height, size=f"{now.text_size:.0%}", look=now.look
    )
    said = tr("Nothing moves: {still} · vault locks after {n} minutes")
    yield said.format(still=_yes(now.still), n=now.idle_minutes)


def _open(desk: Desk) -> Iterable[str]:
    keeper = desk.keeper
    said = tr("Vault made: {made} · unlocked: {unlocked}")
    yield said.format(made=_yes(keeper.exists), unlocked=_yes(keeper.is_open))
    if not isinstance(desk, Session):
        yield tr("No file is open.")
        return
    extract = desk.review.extract
    manifest = extract.manifest
    said = tr("Open file: {format}, {level}, trust state {state}")
    yield said.format(format=manifest.format, level=manifest.level, state=extract.verdict.state)
    kinds = ", ".join(outcome.kind for outcome in manifest.outcomes)
    yield tr("Outcomes: {n} ({kinds})").format(n=len(manifest.outcomes), kinds=kinds)


def _yes(is_so: bool) -> str:
    return tr("yes") if is_so else tr("no")
