"""What the document shows: outcomes, parts, and how time is put together."""

from PySide6.QtCore import Signal

from desktop.translation import QT_TR_NOOP, tr
from desktop.widgets.card import CardWidget, HairlineWidget
from desktop.widgets.choice import ChoiceWidget
from desktop.widgets.text import ProseWidget
from desktop.widgets.wrapping import WrappingCheckBox

PARTS = (
    ("over_time", QT_TR_NOOP("Course over time")),
    ("case_mix", QT_TR_NOOP("Case-mix")),
    ("quality", QT_TR_NOOP("Data quality")),
    ("queries", QT_TR_NOOP("Correction requests")),
    ("what_if", QT_TR_NOOP("What-if, labelled")),
    ("notes", QT_TR_NOOP("Notes")),
    ("reflection", QT_TR_NOOP("Reflection and actions")),
)
SMALL = QT_TR_NOOP("Hide small numbers")
SMALL_NOTE = QT_TR_NOOP(
    "Counts of 1 to 7 become *, others are rounded to 5, and the audit’s signed statement is left "
    "out: a receiver can then not check that the audit issued the figures. Rates and intervals "
    "stay: somebody who knows the method can work a count back from them."
)
UNITS = (("month", QT_TR_NOOP("By month")), ("cases", QT_TR_NOOP("In blocks of cases")))
LISTED = QT_TR_NOOP("An outcome that is not chosen is still listed with its position.")


class ChoicesWidget(CardWidget):
    """Boxes to tick; each change tells its name and value."""

    changed = Signal(str, object)

    def __init__(self) -> None:
        super().__init__(tr("What it shows"))
        self.outcomes: dict[str, WrappingCheckBox] = {}
        self.parts: dict[str, WrappingCheckBox] = {}
        self._outcome_box = CardWidget()
        self._outcome_box.setObjectName("plain")
        self._outcome_box.body.setContentsMargins(0, 0, 0, 0)
        self.add(self._outcome_box, ProseWidget(tr(LISTED), "small"), HairlineWidget())
        for name, words in PARTS:
            self.add(self._part(name, tr(words)))
        self.unit = ChoiceWidget(tr("Time is put together"))
        self.unit.chosen.connect(self._choose_unit)
        self.small = self._part("small_numbers", tr(SMALL))
        self.small.setChecked(False)
        self.add(self.unit, HairlineWidget(), self.small, ProseWidget(tr(SMALL_NOTE), "small"))
        self.unit.offer(((key, tr(words)) for key, words in UNITS), UNITS[0][0])

    def offer_outcomes(self, outcomes: tuple[tuple[str, str], ...]) -> None:
        """Offer the outcomes, all ticked."""
        for code, label in outcomes:
            box = WrappingCheckBox(label.split(":")[0])
            box.setAccessibleDescription(label)
            box.setToolTip(label)
            box.setChecked(True)
            box.clicked.connect(self._tell_outcomes)
            self.outcomes[code] = box
            self._outcome_box.add(box)

    def _tell_outcomes(self) -> None:
        chosen = tuple(code for code, box in self.outcomes.items() if box.isChecked())
        everything = len(chosen) == len(self.outcomes)
        self.changed.emit("outcomes", None if everything else chosen)

    def _part(self, name: str, words: str) -> WrappingCheckBox:
        box = WrappingCheckBox(words)
        box.setChecked(True)
        box.clicked.connect(lambda ticked: self.changed.emit(name, ticked))
        self.parts[name] = box
        return box

    def _choose_unit(self, unit: str) -> None:
        self.unit.mark(unit)
        self.changed.emit("time_unit", unit)
