"""Fields for secrets: one to open with, and two alike for a new passphrase with an honest word."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.widgets.text import ProseWidget, TextWidget

Judge = Callable[[str], str]


class SecretWidget(QWidget):
    """A labelled field for a secret, hidden while it is typed unless `hidden` is False."""

    given = Signal()

    def __init__(self, label: str, hint: str = "", *, hidden: bool = True) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.field.setAccessibleName(label)
        self.field.returnPressed.connect(self.given)
        if hidden:
            self.field.setEchoMode(QLineEdit.EchoMode.Password)
        name = TextWidget(label)
        name.setWordWrap(True)
        name.setBuddy(self.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(name)
        column.addWidget(self.field)
        if hint:
            self.field.setAccessibleDescription(hint)
            column.addWidget(ProseWidget(hint, "small"))
        self.setFocusProxy(self.field)

    @property
    def secret(self) -> str:
        """What was typed."""
        return self.field.text()

    def clear(self) -> None:
        """Forget what was typed, with the field's memory of earlier states."""
        self.field.setText("")


class NewPassphraseWidget(QWidget):
    """A new passphrase typed twice; `judge` gives the word on it that stands between the fields."""

    given = Signal()

    def __init__(self, judge: Judge, label: str, again: str) -> None:
        super().__init__()
        self._judge = judge
        self.first = SecretWidget(label)
        self.second = SecretWidget(again)
        self._word = ProseWidget(" ", "small")
        self._word.ensurePolished()
        self._word.setMinimumHeight(self._word.sizeHint().height())
        self._word.say("")
        self.first.field.textChanged.connect(self._weigh)
        self.first.given.connect(self.second.setFocus)
        self.second.given.connect(self.given)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.first, self._word, self.second):
            column.addWidget(part)
        self.setFocusProxy(self.first)

    @property
    def typed(self) -> tuple[str, str]:
        """What was typed in the two fields."""
        return self.first.secret, self.second.secret

    @property
    def word(self) -> str:
        """What is said of the passphrase now; empty before anything is typed."""
        return self._word.accessibleName()

    def clear(self) -> None:
        """Forget both."""
        self.first.clear()
        self.second.clear()

    def _weigh(self, passphrase: str) -> None:
        self._word.say(self._judge(passphrase) if passphrase else "")
        self.first.field.setAccessibleDescription(self.word)
