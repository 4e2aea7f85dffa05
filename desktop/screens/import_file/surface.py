"""What the presenter of an import needs of its screen."""

from typing import Protocol

from desktop.screens.import_file.field_words import FieldRow, FieldSaid
from desktop.screens.import_file.file_words import AuditSaid, FileSaid, Question
from desktop.screens.import_file.making import Stated
from desktop.screens.import_file.reading_words import ReadingSaid


class ImportView(Protocol):
    """Shows what it is told, and tells what was typed."""

    def show_nothing(self) -> None:
        """Say that no file is chosen."""

    def show_progress(self, done: int, total: int, label: str) -> None:
        """Show the step that runs."""

    def show_rest(self) -> None:
        """Show that nothing runs any more."""

    def show_file(self, said: FileSaid, audit: AuditSaid) -> None:
        """Show what the file holds and which audit fits."""

    def show_questions(
        self, asked: tuple[Question, ...], surgeons: tuple[str, ...], own: str | None
    ) -> None:
        """Ask what is still open, and whose cases are the surgeon's own."""

    def show_code(self, code: str) -> None:
        """Take the surgeon's code in the file, to be compared with the GMC number."""

    def show_fields(self, rows: tuple[FieldRow, ...], leaving: tuple[str, ...]) -> None:
        """Show which column is which, and what does not travel on."""

    def show_field(self, said: FieldSaid | None) -> None:
        """Show one column to be corrected, or none."""

    def show_reading(self, said: ReadingSaid | None) -> None:
        """Show what the draft gives, or that it is being read."""

    def show_line(self, outcomes: tuple[tuple[str, str], ...], pack: str) -> None:
        """Show which national rates may be typed, and the pack that was chosen."""

    def show_stated(self, stated: Stated) -> None:
        """Show the name, number and dates."""

    @property
    def rates(self) -> tuple[dict[str, str], str]:
        """The national rates as typed, by outcome, and their source."""

    @property
    def link_wanted(self) -> bool:
        """Whether a link to hospital numbers is to be kept in the vault."""

    @property
    def stated(self) -> Stated:
        """The name, number and dates as typed."""
