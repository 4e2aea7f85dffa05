"""The vault locks when nobody is there, and not while someone is."""

import os
import subprocess
import sys
from pathlib import Path
from shutil import which

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.idle import IdleWatch, ScreenLockWatch
from tests.desktop.on_desk import keeper_in, unlock

ROOT = Path(__file__).parents[2]
LISTENER = """
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from desktop.idle import ScreenLockWatch

application = QCoreApplication([])
watch = ScreenLockWatch()
told = []
watch.locked.connect(lambda: (told.append(1), application.quit()))
watch.watch()
for active in (False, True):
    sent = QDBusMessage.createSignal("/x", "org.freedesktop.ScreenSaver", "ActiveChanged")
    sent.setArguments([active])
    QDBusConnection.sessionBus().send(sent)
QTimer.singleShot(20_000, application.quit)
application.exec()
print("told", len(told))
"""


def test_idle_time_locks_the_vault(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    keeper = keeper_in(tmp_path)
    unlock(keeper)
    watch = IdleWatch(30)
    watch.idle.connect(keeper.lock)
    with qtbot.waitSignal(keeper.changed):
        watch.watch(qapp)
    assert not keeper.is_open
    qapp.removeEventFilter(watch)


def test_a_key_begins_the_wait_anew(qapp: QApplication) -> None:
    watch = IdleWatch(3_600_000)
    watch.watch(qapp)
    other = QObject()
    watch._timer.stop()
    QCoreApplication.sendEvent(other, QEvent(QEvent.Type.Timer))
    assert not watch._timer.isActive()
    QCoreApplication.sendEvent(other, QEvent(QEvent.Type.KeyPress))
    assert watch._timer.isActive()
    qapp.removeEventFilter(watch)


def test_a_screen_saver_that_ends_locks_nothing() -> None:
    watch = ScreenLockWatch()
    told: list[str] = []
    watch.locked.connect(lambda: told.append("locked"))
    watch.changed(False)
    assert told == []
    watch.changed(True)
    watch.told()
    assert told == ["locked", "locked"]


@pytest.mark.skipif(which("dbus-run-session") is None, reason="dbus-run-session is absent")
def test_a_locked_desktop_is_heard_on_the_bus() -> None:
    command = ["dbus-run-session", "--", sys.executable, "-c", LISTENER]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, env=dict(os.environ)
    )
    assert done.stdout.strip() == "told 1", done.stderr
