"""One column of the audit's table, corrected by hand."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.screens.import_file.field_words import FieldSaid
from desktop.translation import tr
from desktop.widgets.choice import ChoiceWidget
from desktop.widgets.flow import FlowLayout
from desktop.widgets.line_field import LineWidget
from desktop.widgets.text import ProseWidget, TextWidget


class FieldWidget(QWidget):
    """From which column, in which order or scale or unit, and what each text stands for."""

    assigned = Signal(str, str)
    settled = Signal(str, str, str)
    code_set = Signal(str, str, str)
    factor_set = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._target = ""
        self._title = TextWidget("", "strong")
        self._title.setWordWrap(True)
        self.column = ChoiceWidget(tr("Read from"))
        self.column.chosen.connect(lambda place: self.assigned.emit(self._target, place))
        self.choice = ChoiceWidget(tr("Written as"))
        self.choice.chosen.connect(self._choose)
        self._factor_name = TextWidget("", "small")
        self.factor = LineWidget(tr("Multiply by"))
        self.factor.setMaximumWidth(160)
        self.factor.settled.connect(lambda text: self.factor_set.emit(self._target, text))
        self._texts = QVBoxLayout()
        self._texts.setSpacing(6)
        self.codes: dict[str, ChoiceWidget] = {}
        self._lay_out()
        self.hide()

    def show_field(self, said: FieldSaid | None) -> None:
        """Show one column, or nothing."""
        self.setVisible(said is not None)
        if said is None:
            return
        self._target = said.target
        self._title.setText(tr("“{field}” is read from").format(field=said.title))
        self.column.offer(said.columns, said.column)
        self.choice.offer(said.choices, said.choice)
        self._show_factor(said)
        self._show_texts(said)

    def _show_factor(self, said: FieldSaid) -> None:
        for part in (self._factor_name, self.factor):
            part.setVisible(said.factor is not None)
        if said.factor is not None:
            unit = said.unit or tr("the audit’s unit")
            self._factor_name.setText(tr("Multiply by, to have {unit}").format(unit=unit))
            self.factor.setAccessibleName(self._factor_name.text())
            self.factor.replace_text(f"{said.factor:g}")

    def _show_texts(self, said: FieldSaid) -> None:
        self.codes = {}
        while item := self._texts.takeAt(0):
            if part := item.widget():
                part.hide()
                part.deleteLater()
        if said.texts:
            self._texts.addWidget(ProseWidget(tr("Not understood; say what each stands for:")))
        for text, cells in said.texts:
            self._texts.addWidget(self._text_row(said, text, cells))
        if said.more:
            more = tr("{number} further texts are not shown.").format(number=said.more)
            self._texts.addWidget(ProseWidget(more, "small"))

    def _text_row(self, said: FieldSaid, text: str, cells: int) -> QWidget:
        row = QWidget()
        line = FlowLayout()
        row.setLayout(line)
        counted = tr("“{text}” (1 cell)") if cells == 1 else tr("“{text}” ({n} cells)")
        words = counted.format(text=text, n=f"{cells:,}")
        name = TextWidget(words)
        name.setWordWrap(False)
        choice = ChoiceWidget(words)
        choice.chosen.connect(self._code_teller(said.target, text))
        line.add(name, choice)
        choice.offer([("?", tr("Not answered: read as empty")), *said.codes], "?")
        self.codes[text] = choice
        return row

    def _code_teller(self, target: str, text: str) -> Callable[[str], None]:
        def tell(code: str) -> None:
            if code != "?":
                self.code_set.emit(target, text, code)

        return tell

    def _choose(self, answer: str) -> None:
        scales = {"fraction": "scale", "percent": "scale", "opposite": "sense", "same": "sense"}
        asked = scales.get(answer, "date order")
        self.settled.emit(self._target, asked, answer)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        line = FlowLayout()
        line.add(self.column, self.choice)
        column.addWidget(self._title)
        column.addLayout(line)
        column.addWidget(self._factor_name)
        column.addWidget(self.factor, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._texts)
