"""Drafting correction requests in tests, and reading the screens that show them."""

from dataclasses import replace

import msgspec
import pandas as pd
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from core.extract.manifest import Contact, Field
from core.flow import Review, review
from core.review.queries import QueryDrafted
from desktop.screens.cases.query_card import QueryCardWidget
from desktop.screens.cases.view import build as build_cases
from desktop.screens.queries.view import QueriesScreen
from desktop.session import Session
from desktop.widgets.figures import FactsWidget
from desktop.widgets.text import ProseWidget

FIELDS = (
    Field(name="weight", label="Weight", type="number", unit="kg", risk_factor=True, maximum=300),
    Field(name="seen_on", label="Seen on", type="date"),
)


def queried_review(small_review: Review) -> Review:
    """Four cases elsewhere, a number and a date, a contact, and an answer from the audit."""
    extract = small_review.extract
    cases = extract.cases.assign(weight=80.0, seen_on=pd.Timestamp("2024-02-01"))
    cases.loc[[30, 31, 32, 33], "provider"] = "H2"
    contact = Contact(corrections_address="FICTIONAL audit office")
    manifest = msgspec.structs.replace(extract.manifest, fields=FIELDS, contact=contact)
    answers = pd.DataFrame(
        {
            "query": ["theirs"],
            "case_id": ["C0005"],
            "field": ["outcome.death"],
            "answered_on": [pd.Timestamp("2026-10-01")],
            "decision": ["declined"],
            "words": ["The registry has a death."],
        }
    )
    changed = replace(extract, cases=cases, manifest=manifest, answers=answers)
    return review(changed, lambda *_: None)


def card_of(qtbot: QtBot, desk: Session, row: int) -> QueryCardWidget:
    screen = build_cases(desk)
    qtbot.addWidget(screen)
    with qtbot.waitExposed(screen):
        screen.show()
    screen.table.selectRow(row)
    return screen.panel.findChildren(QueryCardWidget)[0]


def draft(desk: Session, name: str, case: str, kind: str = "not_my_case", **more: object) -> None:
    """Write a draft as a form would."""
    event = QueryDrafted(query=name, extract=desk.extract, kind="other", case_id=case)
    desk.keeper.write_about(desk.review.extract, msgspec.structs.replace(event, kind=kind, **more))


def cells(screen: QueriesScreen) -> list[list[str]]:
    model = screen.table.model()
    return [
        [str(model.index(row, at).data()) for at in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def what_if_shown(qtbot: QtBot, screen: QueriesScreen) -> None:
    qtbot.waitUntil(lambda: screen.what_if.isVisible() and screen.what_if.working.isHidden())


def words_in(part: QWidget) -> str:
    labels = part.findChildren(ProseWidget)
    return " ".join(label.accessibleName() for label in labels)


def facts(screen: QueriesScreen) -> dict[str, list[str]]:
    """Return the first outcome's figures: name, official, what-if."""
    shown = screen.what_if.facts.findChildren(FactsWidget)[0]
    labels = [label.text() for label in shown.findChildren(QLabel)]
    labels = labels[labels.index("what-if") + 1 :]
    return {labels[at]: labels[at + 1 : at + 3] for at in range(0, len(labels), 3)}
