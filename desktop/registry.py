"""Which screens there are, in the order of the rail."""

from __future__ import annotations

from functools import partial
from importlib import import_module

from PySide6.QtWidgets import QWidget

from desktop.session import Desk, Screen, Session
from desktop.translation import QT_TR_NOOP


def _build(name: str, desk: Desk) -> QWidget:
    built: QWidget = import_module(f"desktop.screens.{name}.view").build(desk)
    return built


def _case_count(session: Session) -> str:
    return f"{len(session.review.extract.cases):,}"


def _finding_count(session: Session) -> str:
    return str(len(session.review.findings) or "")


def _draft_count(session: Session) -> str:
    about = session.keeper.state.queries.values() if session.keeper.is_open else ()
    drafts = (one for one in about if one.extract == session.extract and one.status == "drafted")
    return str(sum(1 for _ in drafts) or "")


def _publication_badge(session: Session) -> str:
    from desktop.screens.publication.presenter import badge

    return badge(session)


def _has_cases(session: Session) -> bool:
    """A typed summary has none, so nothing that is shown case by case."""
    return len(session.review.extract.cases) > 0


def _is_published(session: Session) -> bool:
    return session.review.extract.manifest.publication.regime != "not_published"


def _nowhere(_: Desk) -> bool:
    """Such a screen does not stand among the rail's entries."""
    return False


SCREENS: tuple[Screen, ...] = (
    Screen("overview", QT_TR_NOOP("Overview"), partial(_build, "overview")),
    Screen("funnel", QT_TR_NOOP("Funnel"), partial(_build, "funnel")),
    Screen("over_time", QT_TR_NOOP("Over time"), partial(_build, "over_time"), offered=_has_cases),
    Screen("case_mix", QT_TR_NOOP("Case-mix"), partial(_build, "case_mix"), offered=_has_cases),
    Screen(
        "cases",
        QT_TR_NOOP("Cases"),
        partial(_build, "cases"),
        badge=_case_count,
        offered=_has_cases,
    ),
    Screen(
        "quality",
        QT_TR_NOOP("Data quality"),
        partial(_build, "quality"),
        badge=_finding_count,
        offered=_has_cases,
    ),
    Screen(
        "queries",
        QT_TR_NOOP("Corrections"),
        partial(_build, "queries"),
        badge=_draft_count,
        offered=_has_cases,
    ),
    Screen(
        "publication",
        QT_TR_NOOP("Publication"),
        partial(_build, "publication"),
        group=1,
        badge=_publication_badge,
        offered=_is_published,
    ),
    Screen("reflection", QT_TR_NOOP("Reflection"), partial(_build, "reflection"), group=1),
    Screen("exports", QT_TR_NOOP("Exports"), partial(_build, "exports"), group=1),
    Screen(
        "verify",
        QT_TR_NOOP("Verify a document"),
        partial(_build, "verify"),
        group=2,
        free=True,
        leaves=True,
    ),
    Screen(
        "extracts",
        QT_TR_NOOP("Extracts"),
        partial(_build, "extracts"),
        group=2,
        free=True,
        leaves=True,
    ),
    Screen(
        "import_file",
        QT_TR_NOOP("Import a file"),
        partial(_build, "import_file"),
        free=True,
        offered=lambda _: False,
    ),
    Screen(
        "summary",
        QT_TR_NOOP("Type in a summary"),
        partial(_build, "summary"),
        free=True,
        offered=lambda _: False,
    ),
    Screen(
        "unlock",
        QT_TR_NOOP("Unlock"),
        partial(_build, "unlock"),
        free=True,
        offered=lambda _: False,
    ),
    Screen(
        "settings", QT_TR_NOOP("Settings"), partial(_build, "settings"), free=True, offered=_nowhere
    ),
    Screen("help", QT_TR_NOOP("Help"), partial(_build, "help"), free=True, offered=_nowhere),
)
