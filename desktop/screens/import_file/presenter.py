"""What the import screen does: a foreign file in, corrections by hand, an unsigned extract out."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from core.audits.profile import LIMIT as PROFILE_LIMIT
from core.audits.profile import parse_profile
from core.errors import PlumblineError
from core.intake import mapping as by_hand
from core.intake.mapping import Asked, Mapping
from core.intake.mapping_file import LIMIT, mapping_bytes, read_mapping
from core.intake.matching import guessed
from core.intake.reading.foreign import Foreign
from core.issuing.national_line import Pack, PublishedRates
from core.storage import read_file, replace_file
from desktop.jobs import Job, Report
from desktop.screens.import_file.draft import Draft, Reading, draft_of, read_draft
from desktop.screens.import_file.field_words import field_rows, field_said, leaving
from desktop.screens.import_file.file_words import audit_said, file_said, questions
from desktop.screens.import_file.linking import keep_link
from desktop.screens.import_file.making import Made, Stated, checked, make, published, read_pack
from desktop.screens.import_file.reading_words import outcomes, reading_said
from desktop.screens.import_file.surface import ImportView
from desktop.session import Desk
from desktop.translation import QT_TR_NOOP, tr

KEY_LENGTH = 32
SAVED = QT_TR_NOOP("The mapping is saved. It holds headings and choices, no record.")


class ImportPresenter:
    """Holds the draft; every correction makes another, which is read anew in the background."""

    def __init__(self, view: ImportView, desk: Desk) -> None:
        self._view = view
        self._desk = desk
        self._foreign: Foreign | None = None
        self._again: Callable[[Report], Any] | None = None
        self.draft: Draft | None = None
        self.reading: Reading | None = None
        self.field = ""
        self._earlier: list[Mapping] = []
        self._pack: Pack | None = None
        self._pack_name = ""
        self._job: Job | None = None
        view.show_nothing()

    def take(self, foreign: Foreign, again: Callable[[Report], Any]) -> None:
        """Begin with a file; `again` opens it once more with its hidden sheets."""
        self._foreign, self._again = foreign, again
        self.draft, self._pack, self._pack_name = None, None, ""
        self._view.show_stated(Stated())
        self.name_surgeon()
        self._look(foreign)

    def name_surgeon(self) -> None:
        """Show whose own vault is open, unless a name was typed."""
        keeper, stated = self._desk.keeper, self._view.stated
        vault = None if keeper.is_practice else keeper.vault
        if vault is not None and not (stated.name or stated.gmc):
            keys = vault.keys
            self._view.show_stated(replace(stated, name=keys.name, gmc=keys.gmc))

    def read_hidden(self) -> None:
        """Open the file once more, with its hidden sheets."""
        if self._again is not None:
            self._run(self._again, self._whole)

    def choose_table(self, source: str) -> None:
        """Take another table of the file."""
        if self._foreign is not None:
            self._look(self._foreign, source)

    def choose_audit(self, name: str) -> None:
        """Read the table as another audit's."""
        if self.draft is not None:
            self._drop_pack()
            self._begin(self.draft.of_audit(name))

    def add_profile(self, path: Path) -> None:
        """Read the table by a profile of the surgeon's own."""
        draft = self.draft
        if draft is None:
            return
        try:
            profile = parse_profile(read_file(path, PROFILE_LIMIT), path.name)
        except PlumblineError as error:
            self._desk.tell(error)
            return
        self._drop_pack()
        self._begin(draft.with_profile(path.name, profile))

    def choose_surgeon(self, code: str) -> None:
        """Take the cases under that code alone."""
        self._correct(lambda mapping: by_hand.choose_surgeon(mapping, code or None))

    def select(self, target: str) -> None:
        """Show one column of the audit's table to be corrected."""
        self.field = target
        self._show_field()

    def assign(self, target: str, place: str) -> None:
        """Read the target from the column at that place, or from none."""
        draft = self.draft
        if draft is None:
            return
        column = int(place) if place else None
        mapping = by_hand.assign(draft.mapping, target, column)
        if column is not None:
            mapping = guessed(mapping, target, draft.sheet, draft.profile)
        self._correct(lambda _: mapping)

    def answer(self, target: str, asked: Asked, answer: str) -> None:
        """Take the answer to an open question, or another order or scale."""
        self._correct(lambda mapping: _answered(mapping, target, asked, answer))

    def set_code(self, target: str, text: str, code: str) -> None:
        """Let a text of that column stand for a code."""
        self._correct(lambda mapping: by_hand.set_code(mapping, target, text, code))

    def set_factor(self, target: str, text: str) -> None:
        """Multiply that column's numbers into the audit's unit."""
        try:
            factor = float(text.replace(",", "."))
        except ValueError:
            factor = 0.0
        self._correct(lambda mapping: by_hand.set_factor(mapping, target, factor))

    def undo(self) -> None:
        """Take the last correction back."""
        if self.draft is not None and self._earlier:
            self._show_draft(self.draft.under(self._earlier.pop()))

    def save_mapping(self, path: Path) -> None:
        """Put the mapping where the surgeon chose."""
        draft = self.draft
        if draft is not None:
            data = mapping_bytes(draft.mapping)
            self._try(lambda: replace_file(path, data, private=False), tr(SAVED))

    def load_mapping(self, path: Path) -> None:
        """Use a saved mapping instead of what stands here."""
        draft = self.draft
        if draft is not None:
            self._correct(
                lambda _: read_mapping(read_file(path, LIMIT), draft.sheet, draft.profile)
            )

    def choose_pack(self, path: Path) -> None:
        """Take the national line from a benchmark pack."""

        def taken(pack: Pack) -> None:
            self._pack, self._pack_name = pack, path.name
            self._show_line()

        self._run(partial(read_pack, path), taken)

    def drop_pack(self) -> None:
        """Take no benchmark pack."""
        self._drop_pack()
        self._show_line()

    def open(self) -> None:
        """Make the extract and show it."""
        draft = self.draft
        if draft is None:
            return
        try:
            stated = checked(self._view.stated)
            line: Pack | PublishedRates = self._pack or published(*self._view.rates)
        except PlumblineError as error:
            self._desk.tell(error)
            return
        time, link = self._desk.keeper.time, self._view.link_wanted
        self._run(partial(make, draft, stated, line, time, link=link), self._show)

    def stop(self) -> None:
        """End what runs."""
        if self._job is not None:
            self._job.stop()

    def _show(self, made: Made) -> None:
        self._desk.open_review(made.review)
        if made.link is not None:
            keep_link(self._desk, made.review.extract, made.link)

    def _drop_pack(self) -> None:
        self._pack, self._pack_name = None, ""

    def _whole(self, foreign: Foreign) -> None:
        self._foreign = foreign
        self._look(foreign, self.draft.table.source if self.draft else None)

    def _look(self, foreign: Foreign, source: str | None = None) -> None:
        key = secrets.token_bytes(KEY_LENGTH)
        self._run(lambda report: draft_of(foreign, key, report, source), self._begin)

    def _begin(self, draft: Draft) -> None:
        self.field, self._earlier = "", []
        self._show_draft(draft)

    def _correct(self, change: Callable[[Mapping], Mapping]) -> None:
        draft = self.draft
        if draft is None:
            return
        try:
            mapping = change(draft.mapping)
        except PlumblineError as error:
            self._desk.tell(error)
            return
        if mapping != draft.mapping:
            self._earlier.append(draft.mapping)
            self._show_draft(draft.under(mapping))

    def _show_draft(self, draft: Draft) -> None:
        self.draft, self.reading = draft, None
        self._view.show_file(file_said(draft), audit_said(draft))
        self._view.show_questions(questions(draft), draft.surgeons, draft.mapping.surgeon)
        self._view.show_code(draft.mapping.surgeon or "")
        self._view.show_fields(field_rows(draft, None), leaving(draft))
        self._view.show_reading(None)
        self._show_line()
        self._show_field()
        job = self._desk.runner.start(
            partial(read_draft, draft), topic="import reading", owner=self._view
        )
        job.succeeded.connect(partial(self._read, draft))
        job.failed.connect(partial(self._unread, draft))

    def _unread(self, draft: Draft, error: Exception) -> None:
        if draft is self.draft:
            self._desk.tell(error)

    def _read(self, draft: Draft, reading: Reading) -> None:
        if draft is self.draft:
            self.reading = reading
            self._view.show_fields(field_rows(draft, reading), leaving(draft))
            self._view.show_reading(reading_said(draft, reading))

    def _show_line(self) -> None:
        if self.draft is not None:
            self._view.show_line(outcomes(self.draft), self._pack_name)

    def _show_field(self) -> None:
        draft = self.draft
        known = draft is not None and bool(self.field)
        self._view.show_field(field_said(draft, self.field) if draft and known else None)

    def _run(self, work: Callable[[Report], object], done: Callable[..., None]) -> None:
        self._view.show_progress(0, 0, "")
        job = self._desk.runner.start(work, topic="import")
        job.progressed.connect(self._view.show_progress)
        job.succeeded.connect(partial(self._ended, job, done))
        job.failed.connect(partial(self._ended, job, self._desk.tell))
        self._job = job

    def _ended(self, job: Job, act: Callable[[Any], None], answer: object) -> None:
        if job is not self._job:
            return
        self._view.show_rest()
        if self.draft is None:
            self._view.show_nothing()
        act(answer)

    def _try(self, act: Callable[[], object], done: str) -> None:
        try:
            act()
        except PlumblineError as error:
            self._desk.tell(error)
        else:
            self._desk.note(done)


def _answered(mapping: Mapping, target: str, asked: Asked, answer: str) -> Mapping:
    if asked == "date order":
        order: by_hand.DateOrder = "month first" if answer == "month first" else "day first"
        return by_hand.set_date_order(mapping, target, order)
    if asked == "scale":
        scale: by_hand.Scale = "percent" if answer == "percent" else "fraction"
        return by_hand.set_scale(mapping, target, scale)
    if asked == "sense":
        return by_hand.set_sense(mapping, target, opposite=answer == "opposite")
    return by_hand.confirm_column(mapping, target)
