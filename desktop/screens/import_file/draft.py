"""What is to be imported as it stands now: the file, its table, the audit, and the mapping."""

from __future__ import annotations

from collections.abc import Mapping as Lookup
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from core.audits.library import load_profile, profile_names
from core.audits.profile import Profile
from core.errors import (
    NoFitError,
    NoTableError,
    NothingToImportError,
    PlumblineError,
    WhichSurgeonError,
)
from core.intake.headings import Sheet, sheet_of
from core.intake.mapping import Mapping
from core.intake.matching import Fit, fits, propose, surgeons_in
from core.intake.preview import Preview, preview
from core.intake.reading.foreign import Foreign, ForeignTable
from core.intake.table_area import table_area
from core.intake.translation import Translation, translate
from desktop.jobs import Report
from desktop.translation import QT_TR_NOOP, tr

LOOKING = QT_TR_NOOP("Looking for the table and its audit")
READING = QT_TR_NOOP("Reading the records")


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """One table of a file and how it is to be read.

    `area` says where in the sheet the table is; `fits` are all audits, the best first; `key`
    makes study numbers.
    """

    foreign: Foreign
    table: ForeignTable
    sheet: Sheet
    area: tuple[str, ...]
    fits: tuple[Fit, ...]
    profiles: Lookup[str, Profile]
    chosen: str
    mapping: Mapping
    key: bytes

    @property
    def profile(self) -> Profile:
        """The audit that was chosen."""
        return self.profiles[self.chosen]

    @property
    def fit(self) -> Fit:
        """How well that audit fits."""
        return next(fit for fit in self.fits if fit.name == self.chosen)

    @property
    def surgeons(self) -> tuple[str, ...]:
        """The codes of surgeons in the table, the most frequent first."""
        return surgeons_in(self.sheet, self.mapping, self.profile)

    def under(self, mapping: Mapping) -> Draft:
        """Return the draft with another mapping."""
        return replace(self, mapping=mapping)

    def with_profile(self, name: str, profile: Profile) -> Draft:
        """Return the draft read by a further profile."""
        profiles = {**self.profiles, name: profile}
        known = replace(self, profiles=profiles, fits=fits(self.sheet, profiles))
        return known.of_audit(name)

    def of_audit(self, name: str) -> Draft:
        """Return the draft read as another audit's, by the mapping that it suggests."""
        return replace(self, chosen=name, mapping=propose(self.sheet, self.profiles[name]))


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What a draft gives: the table that was made, or why none can be; and its first rows."""

    made: Translation | None
    problem: PlumblineError | None
    preview: Preview


def draft_of(foreign: Foreign, key: bytes, report: Report, source: str | None = None) -> Draft:
    """Return the draft of the table `source`, else of the one that an audit fits best.

    Raises NoTableError where no sheet holds a table.
    """
    report(0, 1, tr(LOOKING))
    profiles = {name: load_profile(name) for name in profile_names()}
    found: list[Draft] = []
    for table in foreign.tables:
        if source in (None, table.source):
            with suppress(NoTableError):
                found.append(_draft(foreign, table, profiles, key))
    if not found:
        raise NoTableError(tr("No sheet of the file holds a table."))
    return max(found, key=lambda one: one.fits[0].score)


def read_draft(draft: Draft, report: Report) -> Reading:
    """Return what the draft gives as it stands."""
    report(0, 1, tr(READING))
    made, problem = None, None
    try:
        today = datetime.now(UTC).date()
        made = translate(draft.sheet, draft.mapping, draft.profile, draft.key, latest=today)
    except (NoFitError, NothingToImportError, WhichSurgeonError) as error:
        problem = error
    return Reading(made, problem, preview(draft.sheet, draft.mapping, draft.profile, made))


def _draft(
    foreign: Foreign, table: ForeignTable, profiles: Lookup[str, Profile], key: bytes
) -> Draft:
    area = table_area(table.rows)
    sheet = sheet_of(table.rows, area)
    ranked = fits(sheet, profiles)
    mapping = propose(sheet, profiles[ranked[0].name])
    return Draft(
        foreign, table, sheet, area.remarks, ranked, profiles, ranked[0].name, mapping, key
    )
