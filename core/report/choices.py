"""What the surgeon chose to show in a document; everything else is decided by the content."""

from dataclasses import dataclass
from datetime import datetime

from core.results.blocks import BLOCK, Unit


@dataclass(frozen=True, slots=True)
class Choices:
    """The choices behind one document; those left alone give the fullest honest one.

    `outcomes` are codes, None for all; the others are still listed with their position.
    `time_unit` is how cases over time are put together, `block` the cases of a block.
    `left_out_notes` are ids. With `small_numbers` counts of 1 to 7 are printed as an asterisk and
    others rounded to 5, pictures and the manifest stay away, and the document says so.
    """

    made_at: datetime
    outcomes: tuple[str, ...] | None = None
    time_unit: Unit = "month"
    block: int = BLOCK
    over_time: bool = True
    case_mix: bool = True
    quality: bool = True
    notes: bool = True
    reflection: bool = True
    queries: bool = True
    what_if: bool = True
    small_numbers: bool = False
    left_out_notes: frozenset[str] = frozenset()

    def shows(self, code: str) -> bool:
        """Whether the outcome `code` is shown in full."""
        return self.outcomes is None or code in self.outcomes
