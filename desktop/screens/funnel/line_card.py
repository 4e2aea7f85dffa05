"""Adding a benchmark pack to an import that was opened without a national line."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton

from core.flow import review_made
from core.issuing.later_line import add_pack
from core.issuing.national_line import open_pack
from core.sealing.trust import TrustStore, shipped_entries
from core.storage import read_file
from desktop.folders import first_folder, used
from desktop.session import Session
from desktop.translation import QT_TR_NOOP, tr
from desktop.widgets.card import CardWidget
from desktop.widgets.text import ProseWidget

if TYPE_CHECKING:
    from datetime import datetime

    from core.extract.opening import Extract
    from core.flow import Review
    from desktop.jobs import Report

TOPIC = "open"
PACKS = QT_TR_NOOP("Benchmark packs (*.pack *.zip);;All files (*)")
WORDS = QT_TR_NOOP(
    "The audit may give out a benchmark pack: its national line, without any patient. It makes "
    "another extract of the same cases, which says when the pack was added. This one stays as it "
    "is, and what you wrote about it stays with it."
)


class LineCardWidget(CardWidget):
    """Asks for a pack, and opens the import with its line in place of the one that is open."""

    def __init__(self, session: Session) -> None:
        super().__init__(tr("Add a national line"))
        self._session = session
        self.choose = QPushButton(tr("Add a benchmark pack…"))
        self.choose.clicked.connect(self._choose)
        self.add(ProseWidget(tr(WORDS)))
        self.body.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignLeft)

    def add_pack(self, path: Path) -> None:
        """Open the import with the line of the pack at `path`; what stops it is told."""
        session = self._session
        work = partial(_lined, session.review.extract, path, session.keeper.time)
        self.choose.setEnabled(False)
        job = session.runner.start(work, TOPIC, self)
        job.succeeded.connect(session.open_review)
        job.failed.connect(self._fail)

    def _choose(self) -> None:
        title = tr("Choose a benchmark pack")
        chosen, _ = QFileDialog.getOpenFileName(self, title, first_folder(), tr(PACKS))
        if chosen:
            used(Path(chosen))
            self.add_pack(Path(chosen))

    def _fail(self, error: Exception) -> None:
        self.choose.setEnabled(True)
        self._session.tell(error)


def _lined(extract: Extract, path: Path, added_at: datetime, report: Report) -> Review:
    report(0, 1, tr("Checking the benchmark pack"))
    pack = open_pack(read_file(path), TrustStore(shipped_entries()))
    review = review_made(add_pack(extract, pack, added_at.replace(microsecond=0)), report)
    report(0, 0, tr("Looking for what to check in the records"))
    _ = review.findings
    return review
