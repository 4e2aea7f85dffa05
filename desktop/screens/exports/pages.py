"""The finished pages, one at a time, before the document is made."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy

from desktop.translation import tr
from desktop.widgets.card import CardWidget
from desktop.widgets.text import TextWidget

WIDEST = 820


class PagesWidget(CardWidget):
    """A page as a picture, with a way to the one before and the one after."""

    def __init__(self, scale: float) -> None:
        super().__init__(tr("The finished pages"))
        self._widest = round(WIDEST * scale)
        self._pages: tuple[QPixmap, ...] = ()
        self._at = 0
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._picture.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._says = TextWidget("", "quiet")
        self._before = QPushButton(tr("Previous page"))
        self._after = QPushButton(tr("Next page"))
        self._before.clicked.connect(lambda: self._turn(-1))
        self._after.clicked.connect(lambda: self._turn(1))
        row = QHBoxLayout()
        row.addWidget(self._before)
        row.addWidget(self._after)
        row.addWidget(self._says)
        row.addStretch(1)
        self.add(row, self._picture)
        self.say("")

    def show_pages(self, pages: tuple[bytes, ...]) -> None:
        """Show these PNG pages, staying on the page that was looked at."""
        self._pages = tuple(_pixmap(page) for page in pages)
        self._at = min(self._at, max(len(pages) - 1, 0))
        self._show()

    def say(self, words: str) -> None:
        """Say why there is no page yet; the last pages stay until others are there."""
        self._says.setText(words)
        if not self._pages:
            self._picture.clear()
            self._picture.setAccessibleName(words or tr("No page yet"))
        self._fit_buttons()

    def forget(self) -> None:
        """Show no page."""
        self._pages, self._at = (), 0
        self.say("")

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Fit the page to the width there is."""
        super().resizeEvent(event)
        if self._pages:
            self._draw()

    def _turn(self, step: int) -> None:
        self._at = min(max(self._at + step, 0), len(self._pages) - 1)
        self._show()

    def _show(self) -> None:
        words = tr("Page {page} of {pages}")
        self._says.setText(words.format(page=self._at + 1, pages=len(self._pages)))
        self._fit_buttons()
        self._draw()

    def _draw(self) -> None:
        width = min(self.width() - 48, self._widest)
        ratio = self.devicePixelRatioF()
        page = self._pages[self._at].scaledToWidth(
            round(width * ratio), Qt.TransformationMode.SmoothTransformation
        )
        page.setDevicePixelRatio(ratio)
        self._picture.setPixmap(page)
        self._picture.setFixedHeight(round(page.height() / ratio))
        self._picture.setAccessibleName(self._says.text())

    def _fit_buttons(self) -> None:
        self._before.setEnabled(self._at > 0)
        self._after.setEnabled(self._at + 1 < len(self._pages))


def _pixmap(png: bytes) -> QPixmap:
    found = QPixmap()
    found.loadFromData(png, "PNG")
    return found
