"""The top bar: which audit, which period, and where the file came from."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from desktop.widgets.chip import TrustChipWidget
from desktop.widgets.text import TextWidget

HEIGHT = 64


class TopBarWidget(QFrame):
    """Audit, period and the trust chip; a long audit name is cut and stands whole in its tip."""

    def __init__(self, scale: float = 1.0) -> None:
        super().__init__()
        self.setObjectName("topbar")
        self.setFixedHeight(round(HEIGHT * scale))
        self._name = ""
        self._audit = TextWidget("", "audit")
        self._audit.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._audit.setMinimumWidth(80)
        self._period = TextWidget("", "quiet")
        self.trust = TrustChipWidget()
        row = QHBoxLayout(self)
        row.setContentsMargins(26, 0, 26, 0)
        row.setSpacing(18)
        row.addWidget(self._audit)
        row.addWidget(self._period)
        row.addStretch(1)
        row.addWidget(self.trust)

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
        self._cut()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Cut the name to the room there is."""
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        taken = self._period.sizeHint().width() + self.trust.sizeHint().width() + 110
        metrics = self._audit.fontMetrics()
        self._audit.setText(
            metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, self.width() - taken)
        )
