"""Copy and save a picture; what leaves is drawn on white and says where it is from."""

from collections.abc import Callable
from pathlib import Path
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QPushButton, QWidget

from core.charts.style import Format, render
from core.errors import PlumblineError
from core.storage import replace_file
from desktop.paths import pictures
from desktop.translation import tr
from desktop.widgets.taken import TakenPicture, TakenTable

KINDS = ("png", "svg", "pdf")


class PictureButtonsWidget(QWidget):
    """Ways to take along what is offered; problems and deeds are told by signals.

    It is copied as a picture, as the table of its points, or in words.
    """

    failed = Signal(object)
    done = Signal(str)

    def __init__(self, table: Callable[[], TakenTable]) -> None:
        super().__init__()
        self._picture: TakenPicture | None = None
        self._table = table
        copy = QPushButton(tr("Copy ▾"))
        menu = QMenu(copy)
        menu.addAction(tr("Picture"), self.copy)
        menu.addAction(tr("Table"), self.copy_table)
        menu.addAction(tr("Words"), self.copy_words)
        copy.setMenu(menu)
        save = QPushButton(tr("Save…"))
        save.clicked.connect(self._ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(copy)
        row.addWidget(save)
        self._copy, self._save = copy, save
        self.name("")

    def name(self, subject: str) -> None:
        """Say to a screen reader of which picture the buttons are."""
        of = f": {subject}" if subject else ""
        self._copy.setAccessibleName(tr("Copy as picture, table or words") + of)
        self._save.setAccessibleName(tr("Save picture") + of)

    def offer(self, picture: TakenPicture) -> None:
        """Let this picture be copied and saved."""
        self._picture = picture

    def copy(self) -> None:
        """Put the picture on the clipboard."""
        if self._picture is not None:
            QGuiApplication.clipboard().setImage(self._picture.image())
            self.done.emit(tr("The picture is on the clipboard."))

    def copy_table(self) -> None:
        """Put the points on the clipboard, for a spreadsheet or a letter."""
        QGuiApplication.clipboard().setMimeData(self._table().mime())
        self.done.emit(tr("The table is on the clipboard."))

    def copy_words(self) -> None:
        """Put what is in the picture on the clipboard, in words."""
        if self._picture is not None:
            QGuiApplication.clipboard().setText(self._picture.text())
            self.done.emit(tr("The words are on the clipboard."))

    def save(self, path: Path) -> None:
        """Write the picture; the name's ending says which kind."""
        kind = path.suffix.removeprefix(".").lower()
        if self._picture is None:
            return
        if kind not in KINDS:
            path, kind = path.with_name(f"{path.name}.png"), "png"
        try:
            replace_file(path, render(self._picture.draw(), cast("Format", kind)))
        except PlumblineError as error:
            self.failed.emit(error)
        else:
            self.done.emit(tr("The picture is saved as {name}.").format(name=path.name))

    def _ask(self) -> None:
        if self._picture is None:
            return
        proposed = pictures() / f"{self._picture.name}.png".replace("/", "-")
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            tr("Save the picture"),
            str(proposed),
            tr("PNG picture (*.png);;SVG drawing (*.svg);;PDF page (*.pdf)"),
        )
        if chosen:
            self.save(Path(chosen))
