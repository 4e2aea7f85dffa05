"""The cards of what the surgeon states: who and when, and where the national line comes from."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.screens.import_file.making import Stated
from desktop.translation import QT_TR_NOOP, tr
from desktop.widgets.card import CardWidget
from desktop.widgets.day_field import DayWidget
from desktop.widgets.labelled import LabelledWidget, line_edit
from desktop.widgets.text import ProseWidget

DATES = QT_TR_NOOP(
    "Left empty, the period is that of the first to the last operation, and patients are taken as "
    "followed up to today."
)
LINE = QT_TR_NOOP(
    "A surgeon’s own file has no national line. Without one, observed and expected are shown, and "
    "the funnel says why it has no line."
)
RATES = QT_TR_NOOP(
    "Or a published national rate of the adverse event, in per cent, and where it was published:"
)
OTHER_CODE = QT_TR_NOOP(
    "The code taken from the file’s column of surgeons is not this GMC number. Check that the "
    "cases and the number are yours."
)
PACKS = QT_TR_NOOP("Benchmark packs (*.pack *.zip);;All files (*)")


class StatedWidget(CardWidget):
    """Name, GMC number and dates."""

    def __init__(self) -> None:
        super().__init__(tr("Who and when"))
        self.name = line_edit(tr("Your name"))
        self.gmc = line_edit(tr("GMC number"))
        self.start = DayWidget(tr("First day of the period"))
        self.end = DayWidget(tr("Last day of the period"))
        self.follow_up_to = DayWidget(tr("Followed up to"))
        self._code = ""
        self.other_code = ProseWidget(tr(OTHER_CODE), "attention")
        self.other_code.hide()
        self.gmc.textChanged.connect(self._compare)
        for field in (self.name, self.gmc):
            self.add(LabelledWidget(field))
        self.add(self.other_code)
        for days in (self.start, self.end, self.follow_up_to):
            self.add(LabelledWidget(days))
        self.add(ProseWidget(tr(DATES), "small"))

    def show_stated(self, stated: Stated) -> None:
        """Show these instead of what stands here."""
        self.name.setText(stated.name)
        self.gmc.setText(stated.gmc)
        self.start.replace_day(stated.start)
        self.end.replace_day(stated.end)
        self.follow_up_to.replace_day(stated.follow_up_to)

    def show_code(self, code: str) -> None:
        """Say where the file's code of the surgeon is another than the GMC number."""
        self._code = code
        self._compare()

    def _compare(self) -> None:
        number = self.gmc.text().strip()
        self.other_code.setVisible(bool(self._code and number) and self._code != number)

    @property
    def stated(self) -> Stated:
        """What stands here."""
        days = (self.start.day, self.end.day, self.follow_up_to.day)
        return Stated(self.name.text(), self.gmc.text(), *days)


class LineCard(CardWidget):
    """A benchmark pack, or a published rate for each outcome with its source."""

    pack_chosen = Signal(Path)
    pack_dropped = Signal()

    def __init__(self) -> None:
        super().__init__(tr("The national line"))
        self.fields: dict[str, QLineEdit] = {}
        self._pack = ProseWidget()
        self.choose = QPushButton(tr("Choose a benchmark pack…"))
        self.choose.clicked.connect(self._choose)
        self.drop = QPushButton(tr("Leave the pack out"))
        self.drop.clicked.connect(self.pack_dropped)
        self._rates = QVBoxLayout()
        self._rates.setSpacing(8)
        self.source = line_edit(tr("Where the rates were published"))
        self._typed = QWidget()
        typed = QVBoxLayout(self._typed)
        typed.setContentsMargins(0, 0, 0, 0)
        typed.setSpacing(8)
        typed.addWidget(ProseWidget(tr(RATES)))
        typed.addLayout(self._rates)
        typed.addWidget(LabelledWidget(self.source))
        self.add(ProseWidget(tr(LINE), "quiet"), self._pack)
        for button in (self.choose, self.drop):
            self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.add(self._typed)

    def show_line(self, outcomes: tuple[tuple[str, str], ...], pack: str) -> None:
        """Show the pack, or else fields for the rates of these outcomes."""
        self._pack.say(tr("From the benchmark pack {name}.").format(name=pack))
        self._pack.setVisible(bool(pack))
        self.drop.setVisible(bool(pack))
        self.choose.setVisible(not pack)
        self._typed.setVisible(not pack)
        if tuple(self.fields) != tuple(code for code, _ in outcomes):
            self._ask(outcomes)

    @property
    def rates(self) -> tuple[dict[str, str], str]:
        """The rates as typed, by outcome, and their source."""
        return {code: field.text() for code, field in self.fields.items()}, self.source.text()

    def _ask(self, outcomes: tuple[tuple[str, str], ...]) -> None:
        while item := self._rates.takeAt(0):
            if part := item.widget():
                part.hide()
                part.deleteLater()
        self.fields = {code: line_edit(f"{label}, %") for code, label in outcomes}
        for field in self.fields.values():
            self._rates.addWidget(LabelledWidget(field))

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Choose a benchmark pack"), "", tr(PACKS))
        if chosen:
            self.pack_chosen.emit(Path(chosen))
