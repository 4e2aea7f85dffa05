"""A window as full as it gets: long names, an open practice vault with one of everything in it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import msgspec
import pandas as pd
from PySide6.QtCore import QDeadlineTimer, QEventLoop, QTimer

from core.extract.manifest import Publication
from core.flow import Review, review
from core.intake.reading.opening import open_foreign
from core.review.decision import DecisionMade
from core.review.notes import NoteWritten, OnCase, OnMark, OnOutcome
from core.review.queries import QueryDrafted, QuerySent
from core.review.reflection import ActionWritten, ReflectionWritten
from desktop.app import Plumbline
from desktop.screens.cases.view import CasesScreen
from desktop.screens.exports.presenter import SENT
from desktop.screens.exports.view import ExportsScreen
from desktop.screens.import_file.presenter import ImportPresenter
from desktop.screens.verify.view import VerifyScreen
from tests.core.made_export import export
from tests.core.made_export import review as example
from tests.core.made_foreign import nela_like
from tests.desktop.on_desk import unlock

SOON = 60_000
AUDIT = (
    "Example National Audit of Adult Cardiac, Thoracic, Vascular and Related Surgery in Hospitals "
    "of Four Nations (FICTIONAL)"
)
OUTCOME = (
    "Death from any cause in hospital or within thirty days of the operation, whichever is later, "
    "wherever the patient died"
)
PROVIDER = "The FICTIONAL University Hospitals of Somewhere and Elsewhere Foundation Trust"
LONG = "What happened, and what I did about it, is written here at some length. " * 4
PUBLICATION = Publication(
    regime="presumed",
    deadline=date(2027, 12, 30),
    default=f"Published as it stands. {LONG}",
    shown="Your name and the funnel. (FICTIONAL)",
    consequences={"objected": LONG, "agreed": LONG},
)


def filled_review() -> Review:
    """Return the review of the example under long names, to be published, with an answer in it."""
    found = example().extract
    first, *others = found.manifest.outcomes
    manifest = msgspec.structs.replace(
        found.manifest,
        audit=msgspec.structs.replace(found.manifest.audit, name=AUDIT),
        outcomes=(msgspec.structs.replace(first, label=OUTCOME), *others),
        publication=PUBLICATION,
    )
    cases = found.cases.assign(provider=[PROVIDER, *found.cases["provider"][1:]])
    answers = pd.DataFrame(
        {
            "query": ["theirs"],
            "case_id": [cases["case_id"].iloc[5]],
            "field": [f"outcome.{first.code}"],
            "answered_on": [pd.Timestamp("2026-10-01")],
            "decision": ["declined"],
            "words": [LONG],
        }
    )
    changed = replace(found, manifest=manifest, cases=cases, answers=answers)
    return review(changed, lambda *_: None)


def fill(plumbline: Plumbline, folder: Path) -> None:
    """Open the review, write one of everything about it, and use the screens that take files."""
    found = filled_review()
    plumbline.show_review(found)
    _fill_vault(plumbline, found, folder / "vault")
    _import(plumbline)
    _verify(plumbline, folder)
    _export(plumbline, folder)
    plumbline.go("cases")
    cases = plumbline.window.built("cases")
    assert isinstance(cases, CasesScreen)
    cases.table.selectRow(2)
    plumbline.go("queries")
    _wait_for(lambda: not plumbline.runner.busy)


def _wait_for(done: Callable[[], bool]) -> None:
    """Run Qt's own loop, which lets the worker's thread go on; `qWait` would hold it up."""
    end = QDeadlineTimer(SOON)
    while not done():
        assert not end.hasExpired()
        loop = QEventLoop()
        QTimer.singleShot(20, loop.quit)
        loop.exec()


def _fill_vault(plumbline: Plumbline, found: Review, folder: Path) -> None:
    keeper = plumbline.keeper
    keeper.use(folder)
    unlock(keeper, found.extract.manifest.surgeon.gmc)
    kept = keeper.keep(found.extract)
    code, named = found.results[0].code, list(found.extract.cases["case_id"][:5])
    sent = QuerySent(query="sent", on=date(2026, 11, 2), to="FICTIONAL audit office", how="By post")
    keeper.write(
        NoteWritten(note="a", extract=kept, anchor=OnOutcome(code), text=LONG, tags=("meeting",)),
        NoteWritten(note="b", extract=kept, anchor=OnCase(named[2]), text=LONG),
        NoteWritten(note="c", extract=kept, anchor=OnMark(code), text=LONG),
        QueryDrafted(query="d", extract=kept, kind="not_my_case", case_id=named[2], evidence=LONG),
        QueryDrafted(query="sent", extract=kept, kind="other", case_id=named[3], evidence=LONG),
        sent,
        ReflectionWritten(extract=kept, outcome=code, part="what", text=LONG),
        ActionWritten(action="e", extract=kept, outcome=code, kind="action", text=LONG),
        ActionWritten(action="f", extract=kept, outcome=code, kind="pdp", text=LONG),
        DecisionMade(extract=kept, choice="objected", reason="records", words=LONG),
    )


def _import(plumbline: Plumbline) -> None:
    foreign = open_foreign(nela_like(), "made-up.csv", accept_weak=True)
    plumbline.show_foreign(foreign, lambda report: foreign)
    presenter = plumbline.window.built("import_file").presenter  # type: ignore[attr-defined]
    assert isinstance(presenter, ImportPresenter)
    _wait_for(lambda: presenter.reading is not None)


def _verify(plumbline: Plumbline, folder: Path) -> None:
    paths = [folder / "a.pdf", folder / "b.pdf"]
    for path in paths:
        path.write_bytes(export())
    plumbline.take(paths)
    screen = plumbline.window.built("verify")
    assert isinstance(screen, VerifyScreen)
    _wait_for(screen.table.isVisible)
    screen.table.selectRow(0)


def _export(plumbline: Plumbline, folder: Path) -> None:
    plumbline.go("exports")
    screen = plumbline.window.built("exports")
    assert isinstance(screen, ExportsScreen)
    screen.ask_where = lambda name, ending: folder / "made.pdf"  # type: ignore[method-assign]
    _wait_for(screen.save.isEnabled)
    screen.save.click()
    _wait_for(lambda: SENT in screen._written_words.accessibleName())
