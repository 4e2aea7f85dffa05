"""Fields under their names."""

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.widgets.text import TextWidget


class LabelledWidget(QWidget):
    """A field under its label: `words`, or its accessible name."""

    def __init__(self, field: QWidget, words: str = "") -> None:
        super().__init__()
        name = TextWidget(words or field.accessibleName(), "small")
        name.setWordWrap(True)
        name.setBuddy(field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(name)
        column.addWidget(field)


def line_edit(name: str) -> QLineEdit:
    """Return a field that bears its name for screen readers."""
    field = QLineEdit()
    field.setAccessibleName(name)
    return field
