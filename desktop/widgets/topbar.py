"""The top bar: which audit, which period, and where the file came from."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout

from desktop.widgets.chip import TrustChipWidget
from desktop.widgets.text import TextWidget

HEIGHT, GAP, SIDE = 64, 18, 26
BETWEEN, ROOM = 6, 12


class TopBarWidget(QFrame):
    """Audit, period and the trust chip, which goes below where there is no room beside.

    An audit's name that is longer than the bar is cut and stands whole in its tip.
    """

    def __init__(self, scale: float = 1.0) -> None:
        super().__init__()
        self.setObjectName("topbar")
        self._height = round(HEIGHT * scale)
        self._name = ""
        self._audit = TextWidget("", "audit")
        self._period = TextWidget("", "quiet")
        self.trust = TrustChipWidget()
        self._grid = QGridLayout(self)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(BETWEEN)
        self._grid.setColumnStretch(2, 1)
        self._grid.addWidget(self._audit, 0, 0)
        self._grid.addWidget(self._period, 0, 1)
        self._grid.addWidget(self.trust, 0, 3)

    @property
    def audit(self) -> str:
        """The audit that is named, whole; empty where no file is open."""
        return self._name

    def say(self, audit: str, period: str) -> None:
        """Show the audit and the period."""
        self._name = audit
        self._audit.setToolTip(audit)
        self._audit.setAccessibleName(audit)
        self._period.setText(period)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Fold, and cut the name, by the room there is."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics = self._audit.fontMetrics()
        name = metrics.horizontalAdvance(self._name) + 2
        first = self.width() - 2 * SIDE - self._period.sizeHint().width() - 3 * GAP
        self.trust.ensurePolished()
        self.trust.fit(self.width() - 2 * SIDE)
        beside = self.trust.sizeHint().width() + GAP
        folded = name + beside > first
        room = first if folded else first - beside
        self._audit.setFixedWidth(max(min(name, room), 40))
        self._audit.setText(metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, room))
        self._grid.removeWidget(self.trust)
        self._grid.addWidget(self.trust, *((1, 0, 1, 4) if folded else (0, 3, 1, 1)))
        edge = ROOM if folded else 0
        self._grid.setContentsMargins(SIDE, edge, SIDE, edge)
        self._grid.invalidate()
        needed = self._grid.totalSizeHint().height()
        self.setFixedHeight(max(self._height, needed) if folded else self._height)
