"""The finished pages, one at a time, before the document is made."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy

from desktop.translation import tr
from desktop.widgets.card import CardWidget
from desktop.widgets.text import TextWidget

WIDEST, NARROWEST = 820, 240


class PagesWidget(CardWidget):
    """A page as a picture, with a way to the one before and the one after."""

    def __init__(self, scale: float) -> None:
        super().__init__(tr("The finished pages"))
        self._pages: tuple[QPixmap, ...] = ()
        self._at = 0
        self._picture = PictureWidget(round(WIDEST * scale))
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

    def _turn(self, step: int) -> None:
        self._at = min(max(self._at + step, 0), len(self._pages) - 1)
        self._show()

    def _show(self) -> None:
        words = tr("Page {page} of {pages}")
        self._says.setText(words.format(page=self._at + 1, pages=len(self._pages)))
        self._fit_buttons()
        if self._pages:
            self._picture.show_page(self._pages[self._at])
            self._picture.setAccessibleName(self._says.text())

    def _fit_buttons(self) -> None:
        self._before.setEnabled(self._at > 0)
        self._after.setEnabled(self._at + 1 < len(self._pages))


class PictureWidget(QLabel):
    """A page as wide as there is room, and no wider than `widest`; its height follows."""

    def __init__(self, widest: int) -> None:
        super().__init__()
        self._widest = widest
        self._drawn = QPixmap()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_page(self, page: QPixmap) -> None:
        """Show another page."""
        self._drawn = QPixmap()
        self.setPixmap(page)
        self.updateGeometry()

    def heightForWidth(self, width: int) -> int:  # noqa: N802 (Qt's name)
        """Return the height of the page at that width; none where there is no page."""
        page = self.pixmap()
        return (
            0 if page.isNull() else round(min(width, self._widest) * page.height() / page.width())
        )

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Ask for the page at its widest."""
        return QSize(self._widest, self.heightForWidth(self._widest))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Ask for little: the height follows the width the layout gives."""
        return QSize(NARROWEST, 0)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw the page in the middle, scaled once for each width."""
        if self.pixmap().isNull():
            super().paintEvent(event)
            return
        ratio = self.devicePixelRatioF()
        width = min(self.width(), self._widest)
        if self._drawn.width() != round(width * ratio):
            smooth = Qt.TransformationMode.SmoothTransformation
            self._drawn = self.pixmap().scaledToWidth(round(width * ratio), smooth)
            self._drawn.setDevicePixelRatio(ratio)
        QPainter(self).drawPixmap((self.width() - width) // 2, 0, self._drawn)


def _pixmap(png: bytes) -> QPixmap:
    found = QPixmap()
    found.loadFromData(png, "PNG")
    return found
