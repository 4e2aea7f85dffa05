"""Copy and save a picture; what leaves is drawn on white and says where it is from."""

from collections.abc import Callable
from pathlib import Path
from typing import cast

from matplotlib.figure import Figure
from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QWidget

from core.charts.style import Format, render
from core.errors import PlumblineError
from core.storage import replace_file

KINDS = ("png", "svg", "pdf")


class PictureButtonsWidget(QWidget):
    """Two buttons for the picture that `offer` names; problems and deeds are told by signals."""

    failed = Signal(object)
    done = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._name = ""
        self._draw: Callable[[], Figure] | None = None
        copy = QPushButton(self.tr("Copy picture"))
        copy.clicked.connect(self.copy)
        save = QPushButton(self.tr("Save…"))
        save.setAccessibleName(self.tr("Save picture"))
        save.clicked.connect(self._ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(copy)
        row.addWidget(save)

    def offer(self, name: str, draw: Callable[[], Figure]) -> None:
        """Let this picture be copied and saved."""
        self._name, self._draw = name, draw

    def copy(self) -> None:
        """Put the picture on the clipboard."""
        if self._draw is not None:
            image = QImage.fromData(render(self._draw(), "png"))
            QGuiApplication.clipboard().setImage(image)
            self.done.emit(self.tr("The picture is on the clipboard."))

    def save(self, path: Path) -> None:
        """Write the picture; the name's ending says which kind."""
        kind = path.suffix.removeprefix(".").lower()
        if self._draw is None:
            return
        if kind not in KINDS:
            path, kind = path.with_name(f"{path.name}.png"), "png"
        try:
            replace_file(path, render(self._draw(), cast("Format", kind)))
        except PlumblineError as error:
            self.failed.emit(error)
        else:
            self.done.emit(self.tr("The picture is saved as {name}.").format(name=path.name))

    def _ask(self) -> None:
        proposed = f"{self._name}.png".replace("/", "-")
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Save the picture"),
            proposed,
            self.tr("PNG picture (*.png);;SVG drawing (*.svg);;PDF page (*.pdf)"),
        )
        if chosen:
            self.save(Path(chosen))
