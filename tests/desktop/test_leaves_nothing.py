"""The application, run with folders of its own, leaves no file that holds an identifier."""

import os
import subprocess
import sys
from pathlib import Path

from tests.core.test_vault_privacy import CANARY, search

ROOT = Path(__file__).parents[2]
USED = f"""
import sys
from dataclasses import replace
from datetime import UTC, datetime

from msgspec.structs import replace as changed
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from core.charts.palette import LIGHT
from core.errors import WriteFailedError
from core.extract.manifest import Field
from core.extract.writing import build_archive
from core.flow import review
from core.review.notes import NoteWritten, OnCase
from core.review.vault import create
from desktop.app import Plumbline
from desktop.start import make_application
from desktop.problems import CrashDialog, crash_report
from desktop.registry import SCREENS
from desktop.settings import Loaded
from desktop.start import remember
from desktop.theme import Theme
from tests.desktop.made_up import made_up_review

CANARY = {CANARY!r}
application = make_application()
small = made_up_review().extract
named = [f"{{CANARY}}-{{n}}" for n in range(len(small.cases))]
hidden = Field(name="patient", label="Patient", type="text", identifying=True)
plain = Field(name="remark", label="Remark", type="text")
surgeon = changed(small.manifest.surgeon, name=CANARY)
fields = (*small.manifest.fields, hidden, plain)
manifest = changed(small.manifest, fields=fields, surgeon=surgeon)
texts = dict.fromkeys(("case_id", "procedure", "provider", "patient", "remark"), named)
cases = small.cases.assign(**texts)
archive = build_archive(manifest, cases, small.national)
extract = replace(small, manifest=manifest, cases=cases, archive=archive)
plumbline = Plumbline(Theme(LIGHT))
plumbline.show_review(review(extract, lambda *_: None))
plumbline.window.show()
keeper = plumbline.keeper
now = datetime(2026, 11, 22, tzinfo=UTC)
vault, secret = create(keeper.folder, CANARY, "0000000", CANARY, now, work_factor=4)
keeper.hold(vault)
kept = keeper.keep(plumbline.review.extract)
keeper.write(NoteWritten(note="n", extract=kept, anchor=OnCase(CANARY), text=CANARY))

def type_and_remove(screen):
    for line in screen.findChildren(QLineEdit):
        if not line.isReadOnly():
            line.insert(CANARY)
            line.setText("")
    for field in screen.findChildren(QPlainTextEdit):
        if not field.isReadOnly():
            before = field.toPlainText()
            field.insertPlainText(CANARY)
            keeper.locking.emit()
            field.setPlainText(before)
    keeper.locking.emit()

for screen in SCREENS:
    if screen.offered(plumbline._desk()):
        plumbline.go(screen.key)
        type_and_remove(plumbline.window.built(screen.key))
    for _ in range(3):
        application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
try:
    raise ValueError(CANARY)
except ValueError as error:
    report = crash_report(error)
    CrashDialog(report, plumbline.window).show()
assert CANARY not in report
plumbline._tell(WriteFailedError("The file could not be written."))
application.processEvents()
remember(plumbline.settings(), Loaded(plumbline.settings(), {{}}))
plumbline.go("lock")
plumbline.shutdown()
shown = [part.windowTitle() for part in application.topLevelWidgets()]
assert CANARY not in "".join((*shown, application.clipboard().text()))
print("left", keeper.folder)
"""


def test_no_identifier_is_in_any_file_that_is_left(tmp_path: Path) -> None:
    names = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")
    folders = {name: str(tmp_path / name) for name in (*names, "XDG_RUNTIME_DIR", "TMPDIR")}
    for folder in folders.values():
        Path(folder).mkdir(mode=0o700)
    outside = {name: value for name, value in os.environ.items() if name != "MPLCONFIGDIR"}
    places = outside | folders | {"QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", USED],
        cwd=ROOT,
        env=places,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"left {tmp_path}")
    assert CANARY not in done.stdout + done.stderr
    assert CANARY not in "".join(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*"))
    assert list(tmp_path.rglob("*.log"))
    assert search(tmp_path, CANARY, "FICTIONAL Surgeon") == []
