"""Correction requests in the window: drafted, edited, recorded, undone; what-if kept apart."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import msgspec
import pandas as pd
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.extract.manifest import Contact, Field
from core.flow import Review, review
from core.results.wording import IF_ACCEPTED
from core.review.notes import NoteWritten, OnCase
from core.review.queries import QueryDrafted
from core.review.vault import unlock as open_vault
from core.review.what_if import LABEL
from desktop.jobs import JobRunner
from desktop.keeping import Keeper
from desktop.queries.form import QueryFormWidget
from desktop.queries.writing import READ_ONLY
from desktop.screens.cases.query_card import QueryCardWidget
from desktop.screens.cases.view import build as build_cases
from desktop.screens.quality.view import build as build_quality
from desktop.screens.queries.presenter import LOCKED, NONE_YET
from desktop.screens.queries.view import QueriesScreen
from desktop.screens.queries.view import build as build_queries
from desktop.session import Session
from desktop.widgets.figures import FactsWidget
from desktop.widgets.text import ProseWidget
from tests.desktop.on_desk import NOW, PASSPHRASE, Ways, session, unlock

FIELDS = (
    Field(name="weight", label="Weight", type="number", unit="kg", risk_factor=True, maximum=300),
    Field(name="seen_on", label="Seen on", type="date"),
)


@pytest.fixture
def opened(small_review: Review) -> Review:
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


@pytest.fixture
def keeper(tmp_path: Path) -> Iterator[Keeper]:
    """A keeper whose clock moves, as clocks do."""
    ticks = iter(range(1_000_000))
    made = Keeper(tmp_path / "vault", clock=lambda: NOW + timedelta(milliseconds=next(ticks)))
    yield made
    made.lock()


@pytest.fixture
def ways() -> Ways:
    return Ways()


@pytest.fixture
def desk(opened: Review, runner: JobRunner, keeper: Keeper, ways: Ways) -> Session:
    return session(opened, runner, keeper, ways)


@pytest.fixture
def show(qtbot: QtBot, fonts: None, desk: Session) -> Callable[[], QueriesScreen]:
    def shown() -> QueriesScreen:
        made = build_queries(desk)
        qtbot.addWidget(made)
        made.resize(1180, 800)
        with qtbot.waitExposed(made):
            made.show()
        return made

    return shown


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


def words_in(part: object) -> str:
    labels = part.findChildren(ProseWidget)  # type: ignore[attr-defined]
    return " ".join(label.accessibleName() for label in labels)


def test_a_draft_from_a_case_keeps_the_audits_value_and_saves_itself(
    qtbot: QtBot, fonts: None, desk: Session
) -> None:
    unlock(desk.keeper)
    card = card_of(qtbot, desk, 5)
    card.begin.click()
    card.form.kind.chosen.emit("wrong_risk_factor")
    (query,) = desk.keeper.state.queries.values()
    assert (query.case_id, query.kind, query.field) == ("C0005", "wrong_risk_factor", "weight")
    assert (query.audit_value, query.proposed_value) == (80.0, None)
    assert card.form.stands.accessibleName() == "80\u202fkg"
    qtbot.keyClicks(card.form.proposed.line, "81.5")
    qtbot.waitUntil(lambda: next(iter(desk.keeper.state.queries.values())).proposed_value == 81.5)
    qtbot.keyClicks(card.form.evidence, "Weighed twice.")
    card.form.evidence.clearFocus()
    card.form.flush()
    (query,) = desk.keeper.state.queries.values()
    assert (query.audit_value, query.evidence) == (80.0, "Weighed twice.")
    assert "Not sent. Send the file to FICTIONAL audit office" in card.status.accessibleName()
    assert desk.review.extract.cases["weight"].iloc[5] == 80.0


def test_what_is_no_number_is_told_and_not_kept(qtbot: QtBot, fonts: None, desk: Session) -> None:
    unlock(desk.keeper)
    card = card_of(qtbot, desk, 5)
    card.begin.click()
    card.form.kind.chosen.emit("wrong_risk_factor")
    card.form.proposed.line.setText("heavy")
    card.form.flush()
    assert "Write a number in kg." in words_in(card.form.proposed)
    assert next(iter(desk.keeper.state.queries.values())).proposed_value is None
    card.form.proposed.line.setText("900")
    card.form.flush()
    assert "to 300" in words_in(card.form.proposed)
    assert next(iter(desk.keeper.state.queries.values())).proposed_value is None


def test_what_is_being_typed_is_written_before_another_case_and_before_a_lock(
    qtbot: QtBot, fonts: None, desk: Session
) -> None:
    unlock(desk.keeper)
    card = card_of(qtbot, desk, 5)
    card.begin.click()
    card.form.evidence.setPlainText("Half a sentence")
    card.show_case("C0006")
    assert next(iter(desk.keeper.state.queries.values())).evidence == "Half a sentence"
    card.show_case("C0005")
    card.form.evidence.setPlainText("Half a sentence more")
    vault = desk.keeper.vault
    desk.keeper.lock()
    assert vault is not None
    assert vault.journal.entries[-1].event.evidence == "Half a sentence more"  # type: ignore[union-attr]
    assert card.form.isHidden()


def test_choices_by_type(qtbot: QtBot, fonts: None, desk: Session) -> None:
    unlock(desk.keeper)
    card = card_of(qtbot, desk, 5)
    card.begin.click()
    card.form.kind.chosen.emit("wrong_outcome")
    card.form.field.chosen.emit("outcome.death")
    card.form.proposed.choice.chosen.emit("0.0")
    (query,) = desk.keeper.state.queries.values()
    assert (query.field, query.audit_value, query.proposed_value) == ("outcome.death", 1.0, 0.0)
    card.form.field.chosen.emit("seen_on")
    card.form.proposed.day.setText("3/2/2024")
    card.form.proposed.day.editingFinished.emit()
    (query,) = desk.keeper.state.queries.values()
    assert (query.audit_value, query.proposed_value) == ("2024-02-01", "2024-02-03")
    card.form.kind.chosen.emit("duplicate")
    (query,) = desk.keeper.state.queries.values()
    assert (query.field, query.audit_value, query.proposed_value) == (None, None, None)
    assert card.form.proposed.isHidden()


def test_a_locked_vault_is_asked_for_and_the_draft_waits(
    qtbot: QtBot, fonts: None, desk: Session, ways: Ways
) -> None:
    card = card_of(qtbot, desk, 5)
    with qtbot.waitSignal(desk.keeper.wanted):
        card.begin.click()
    assert not desk.keeper.state.queries
    unlock(desk.keeper)
    assert [one.case_id for one in desk.keeper.state.queries.values()] == ["C0005"]
    assert ways.gone == [("cases", "")]


def test_a_vault_of_another_surgeon_is_told(
    qtbot: QtBot, fonts: None, desk: Session, ways: Ways
) -> None:
    unlock(desk.keeper, gmc="9999999")
    card_of(qtbot, desk, 5).begin.click()
    assert [type(error).__name__ for error in ways.told] == ["OtherSurgeonError"]
    assert not desk.keeper.state.queries


def test_a_finding_drafts_one_request_a_case_together_and_undoes_them_together(
    qtbot: QtBot,
    fonts: None,
    desk: Session,
    ways: Ways,
    show: Callable[[], QueriesScreen],
) -> None:
    unlock(desk.keeper)
    quality = build_quality(desk)
    qtbot.addWidget(quality)
    codes = [finding.code for finding in desk.review.findings]
    number = codes.index("unusual_provider")
    assert quality.draft(number).text() == "Draft 4 correction requests"
    quality.draft(number).click()
    assert ways.gone == [("queries", "")]
    found = list(desk.keeper.state.queries.values())
    assert [one.case_id for one in found] == ["C0030", "C0031", "C0032", "C0033"]
    assert {(one.kind, one.evidence) for one in found} == {
        ("not_my_case", "Provider outside your pattern: Provider.")
    }
    quality.draft(number).click()
    assert len(desk.keeper.state.queries) == 4
    assert ways.noted
    screen = show()
    assert [row[0] for row in cells(screen)] == [one.case_id for one in found]
    screen.undo.click()
    assert not desk.keeper.state.queries
    screen.redo.click()
    assert len(desk.keeper.state.queries) == 4


def test_undo_leaves_edits_of_other_kinds_alone(
    qtbot: QtBot, desk: Session, show: Callable[[], QueriesScreen]
) -> None:
    unlock(desk.keeper)
    draft(desk, "q1", "C0001")
    note = NoteWritten(note="n", extract=desk.extract, anchor=OnCase("C0001"), text="A note")
    desk.keeper.write(note)
    screen = show()
    assert not screen.undo.isEnabled()
    screen.undo_wanted.emit()
    assert (len(desk.keeper.state.queries), len(desk.keeper.state.notes)) == (1, 1)


def test_sent_answered_and_opened_again(
    qtbot: QtBot, desk: Session, show: Callable[[], QueriesScreen]
) -> None:
    unlock(desk.keeper)
    for number in (1, 2, 3):
        draft(desk, f"q{number}", f"C000{number}")
    screen = show()
    assert "3 requests are drafts" in screen.said.accessibleName()
    screen.query_chosen.emit("q2")
    assert screen.standing.sending.to.text() == "FICTIONAL audit office"
    screen.standing.sending.how.setText("secure e-mail")
    screen.standing.sending.one.click()
    query = desk.keeper.state.queries["q2"]
    assert (query.status, query.sent and query.sent.how) == ("sent", "secure e-mail")
    assert not screen.chosen.form.evidence.isEnabled()
    screen.standing.answering.words.setText("Agreed")
    screen.standing.answering.accepted.click()
    assert desk.keeper.state.queries["q2"].status == "accepted"
    assert "“Agreed”" in screen.standing.story.accessibleName()
    screen.query_chosen.emit("q1")
    screen.standing.sending.all.click()
    assert {one.status for one in desk.keeper.state.queries.values()} == {"sent", "accepted"}
    assert screen.said.accessibleName().startswith("Every request is recorded as sent")
    screen.undo.click()
    assert [one.status for one in desk.keeper.state.queries.values()] == [
        "drafted",
        "accepted",
        "drafted",
    ]


def test_a_change_of_a_sent_request_makes_it_a_draft_again(
    qtbot: QtBot, desk: Session, show: Callable[[], QueriesScreen]
) -> None:
    unlock(desk.keeper)
    draft(desk, "q1", "C0001")
    screen = show()
    screen.standing.sending.one.click()
    screen.chosen.form.reopen.click()
    screen.chosen.form.evidence.setPlainText("More evidence")
    screen.chosen.form.flush()
    query = desk.keeper.state.queries["q1"]
    assert (query.status, query.sent, query.evidence) == ("drafted", None, "More evidence")


def test_filters_and_the_audits_own_answer(
    qtbot: QtBot, desk: Session, show: Callable[[], QueriesScreen]
) -> None:
    unlock(desk.keeper)
    draft(desk, "q1", "C0005", "wrong_outcome", field="outcome.death", audit_value=1.0)
    draft(desk, "q2", "C0006")
    screen = show()
    screen.query_chosen.emit("q1")
    assert "1 October 2026: declined. “The registry" in screen.standing.answer.accessibleName()
    assert cells(screen)[0][5] == "Draft, not sent · the audit answered"
    assert screen.unknown.isHidden()
    screen.standing.sending.one.click()
    screen.filter_chosen.emit("drafted")
    assert [row[0] for row in cells(screen)] == ["C0006"]


def test_an_answer_to_an_unknown_request_is_shown(
    qtbot: QtBot, desk: Session, show: Callable[[], QueriesScreen]
) -> None:
    unlock(desk.keeper)
    screen = show()
    assert not screen.unknown.isHidden()
    assert "declined" in words_in(screen.unknown)


def test_a_case_that_is_absent_and_taking_back(
    qtbot: QtBot, desk: Session, show: Callable[[], QueriesScreen]
) -> None:
    unlock(desk.keeper)
    screen = show()
    assert screen.said.accessibleName() == NONE_YET
    screen.absent.click()
    (query,) = desk.keeper.state.queries.values()
    assert (query.kind, query.case_id) == ("mine_but_absent", None)
    assert cells(screen)[0][0] == "not in the extract"
    screen.chosen.remove.click()
    assert not desk.keeper.state.queries
    screen.undo.click()
    assert len(desk.keeper.state.queries) == 1


def test_a_locked_vault_is_said_and_a_read_only_one_too(
    qtbot: QtBot, desk: Session, show: Callable[[], QueriesScreen]
) -> None:
    unlock(desk.keeper)
    draft(desk, "q1", "C0001")
    screen = show()
    desk.keeper.lock()
    assert screen.said.accessibleName() == LOCKED
    assert (screen.table.isVisible(), screen.chosen.isVisible()) == (False, False)
    assert not screen.what_if.isVisible()
    with qtbot.waitSignal(desk.keeper.wanted):
        screen.open_vault.click()
    other = open_vault(desk.keeper.folder, PASSPHRASE, NOW)
    second = open_vault(desk.keeper.folder, PASSPHRASE, NOW)
    assert second.read_only
    desk.keeper.hold(second)
    assert screen.said.accessibleName() == READ_ONLY
    assert not screen.chosen.form.evidence.isEnabled()
    screen.absent.click()
    assert len(desk.keeper.state.queries) == 1
    desk.keeper.lock()
    other.lock()


def test_the_what_if_stands_beside_the_official_result_and_says_so(
    qtbot: QtBot, desk: Session, opened: Review, show: Callable[[], QueriesScreen]
) -> None:
    unlock(desk.keeper)
    before = opened.results
    draft(desk, "q1", "C0003")
    draft(desk, "q2", "C0005", "wrong_outcome", field="outcome.death", proposed_value=0.0)
    draft(desk, "q3", "C0007", "wrong_outcome", field="outcome.death")
    screen = show()
    what_if_shown(qtbot, screen)
    cases = opened.extract.cases.drop(index=3)
    deaths = cases["outcome.death"].sum() - 1
    expected = cases["risk.death"].sum()
    rows = facts(screen)
    assert rows["Deaths"] == ["11", f"{deaths:.0f}"]
    assert rows["Observed ÷ expected"][1] == f"{deaths / expected:.2f}"
    assert opened.results is before
    assert desk.review.results is before
    effects = screen.what_if.effects.model()
    table = [
        [effects.index(row, at).data() for at in range(5)] for row in range(effects.rowCount())
    ]
    assert [row[2] for row in table] == ["11", "10", "10", "11", "9"]
    assert table[0][0] == "Official result"
    assert all(row[0].startswith("Alone: ") for row in table[1:4])
    assert "does not say yet what should stand instead" in words_in(screen.what_if)


def test_every_part_of_the_what_if_is_labelled(
    qtbot: QtBot, desk: Session, show: Callable[[], QueriesScreen]
) -> None:
    unlock(desk.keeper)
    draft(desk, "q1", "C0003")
    screen = show()
    what_if_shown(qtbot, screen)
    part = screen.what_if
    canvas = part.chart.canvas
    assert canvas is not None
    assert IF_ACCEPTED in part.figures.accessibleName()
    assert IF_ACCEPTED in canvas.accessibleName()
    assert IF_ACCEPTED in canvas.accessibleDescription()
    assert LABEL in part.effects.accessibleName()
    header = part.effects.model().headerData(0, Qt.Orientation.Horizontal)
    assert IF_ACCEPTED in header
    labels = " ".join(label.text() for label in part.chart.findChildren(QLabel))
    assert LABEL in labels


def test_one_correction_alone_and_another_outcome(
    qtbot: QtBot, desk: Session, show: Callable[[], QueriesScreen]
) -> None:
    unlock(desk.keeper)
    draft(desk, "q1", "C0003")
    draft(desk, "q2", "C0390")
    screen = show()
    what_if_shown(qtbot, screen)
    screen.what_if.correction_chosen.emit("q2")
    assert facts(screen)["Deaths"] == ["11", "11"]
    screen.what_if.outcome_chosen.emit("bleeding")
    canvas = screen.what_if.chart.canvas
    assert canvas is not None
    assert "bleeding" in canvas.accessibleName()


def test_words_alone_do_not_work_the_what_if_out_again(
    qtbot: QtBot, desk: Session, show: Callable[[], QueriesScreen]
) -> None:
    unlock(desk.keeper)
    draft(desk, "q1", "C0003")
    screen = show()
    what_if_shown(qtbot, screen)
    draft(desk, "q1", "C0003", evidence="More words")
    assert screen.what_if.working.isHidden()
    draft(desk, "q1", "C0004")
    assert not screen.what_if.working.isHidden()
    what_if_shown(qtbot, screen)
    desk.keeper.undo()
    what_if_shown(qtbot, screen)


def test_a_rejected_request_is_not_granted(
    qtbot: QtBot, desk: Session, show: Callable[[], QueriesScreen]
) -> None:
    unlock(desk.keeper)
    draft(desk, "q1", "C0003")
    screen = show()
    what_if_shown(qtbot, screen)
    screen.standing.sending.one.click()
    screen.standing.answering.rejected.click()
    assert screen.what_if.isHidden()


def test_the_form_is_read_by_name(qtbot: QtBot, fonts: None, desk: Session) -> None:
    form = QueryFormWidget(desk.review.extract)
    qtbot.addWidget(form)
    parts = (form.kind, form.field, form.proposed.line, form.proposed.choice, form.evidence)
    assert all(part.accessibleName() for part in parts)


def facts(screen: QueriesScreen) -> dict[str, list[str]]:
    """Return the first outcome's figures: name, official, what-if."""
    shown = screen.what_if.facts.findChildren(FactsWidget)[0]
    labels = [label.text() for label in shown.findChildren(QLabel)]
    labels = labels[labels.index("what-if") + 1 :]
    return {labels[at]: labels[at + 1 : at + 3] for at in range(0, len(labels), 3)}
