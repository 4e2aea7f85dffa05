"""A correction request in a case's panel: saved by itself, typed by the field, asked for."""

import pytest
from pytestqt.qtbot import QtBot

from core.errors import WriteFailedError
from desktop.queries.form import QueryFormWidget
from desktop.session import Session
from tests.desktop.on_desk import Ways, unlock
from tests.desktop.querying import card_of, draft, words_in


def test_a_draft_from_a_case_keeps_the_audits_value_and_saves_itself(
    qtbot: QtBot, fonts: None, query_desk: Session
) -> None:
    unlock(query_desk.keeper)
    card = card_of(qtbot, query_desk, 5)
    card.begin.click()
    card.form.kind.chosen.emit("wrong_risk_factor")
    (query,) = query_desk.keeper.state.queries.values()
    assert (query.case_id, query.kind, query.field) == ("C0005", "wrong_risk_factor", "weight")
    assert (query.audit_value, query.proposed_value) == (80.0, None)
    assert card.form.stands.accessibleName() == "80\u202fkg"
    qtbot.keyClicks(card.form.proposed.line, "81.5")
    qtbot.waitUntil(
        lambda: next(iter(query_desk.keeper.state.queries.values())).proposed_value == 81.5
    )
    qtbot.keyClicks(card.form.evidence, "Weighed twice.")
    card.form.evidence.clearFocus()
    card.form.flush()
    (query,) = query_desk.keeper.state.queries.values()
    assert (query.audit_value, query.evidence) == (80.0, "Weighed twice.")
    assert "Not sent. Send the file to FICTIONAL audit office" in card.status.accessibleName()
    assert query_desk.review.extract.cases["weight"].iloc[5] == 80.0


def test_what_is_no_number_is_told_and_not_kept(
    qtbot: QtBot, fonts: None, query_desk: Session
) -> None:
    unlock(query_desk.keeper)
    card = card_of(qtbot, query_desk, 5)
    card.begin.click()
    card.form.kind.chosen.emit("wrong_risk_factor")
    card.form.proposed.line.setText("heavy")
    card.form.flush()
    assert "Write a number in kg." in words_in(card.form.proposed)
    assert next(iter(query_desk.keeper.state.queries.values())).proposed_value is None
    card.form.proposed.line.setText("900")
    card.form.flush()
    assert "to 300" in words_in(card.form.proposed)
    assert next(iter(query_desk.keeper.state.queries.values())).proposed_value is None


def test_what_is_being_typed_is_written_before_another_case_and_before_a_lock(
    qtbot: QtBot, fonts: None, query_desk: Session
) -> None:
    unlock(query_desk.keeper)
    card = card_of(qtbot, query_desk, 5)
    card.begin.click()
    card.form.evidence.setPlainText("Half a sentence")
    card.show_case("C0006")
    assert next(iter(query_desk.keeper.state.queries.values())).evidence == "Half a sentence"
    card.show_case("C0005")
    card.form.evidence.setPlainText("Half a sentence more")
    vault = query_desk.keeper.vault
    query_desk.keeper.lock()
    assert vault is not None
    assert vault.journal.entries[-1].event.evidence == "Half a sentence more"  # type: ignore[union-attr]
    assert card.form.isHidden()


def test_choices_by_type(qtbot: QtBot, fonts: None, query_desk: Session) -> None:
    unlock(query_desk.keeper)
    card = card_of(qtbot, query_desk, 5)
    card.begin.click()
    card.form.kind.chosen.emit("wrong_outcome")
    card.form.field.chosen.emit("outcome.death")
    card.form.proposed.choice.chosen.emit("0.0")
    (query,) = query_desk.keeper.state.queries.values()
    assert (query.field, query.audit_value, query.proposed_value) == ("outcome.death", 1.0, 0.0)
    card.form.field.chosen.emit("seen_on")
    card.form.proposed.day.field.setText("3/2/2024")
    card.form.proposed.day.field.editingFinished.emit()
    (query,) = query_desk.keeper.state.queries.values()
    assert (query.audit_value, query.proposed_value) == ("2024-02-01", "2024-02-03")
    card.form.kind.chosen.emit("duplicate")
    (query,) = query_desk.keeper.state.queries.values()
    assert (query.field, query.audit_value, query.proposed_value) == (None, None, None)
    assert card.form.proposed.isHidden()


def test_a_value_can_be_asked_to_be_left_blank_and_again_be_proposed(
    qtbot: QtBot, fonts: None, query_desk: Session
) -> None:
    unlock(query_desk.keeper)
    draft(query_desk, "q1", "C0005", "wrong_risk_factor", field="weight", audit_value=80.0)
    form = card_of(qtbot, query_desk, 5).form
    form.proposed.line.setText("heavy")
    form.flush()
    form.proposed.blank.click()
    query = query_desk.keeper.state.queries["q1"]
    assert (query.blank, query.audit_value, query.proposed_value) == (True, 80.0, None)
    assert form.proposed.blank.isChecked()
    assert not form.proposed.line.isEnabled()
    assert form.proposed.line.text() == ""
    form.proposed.blank.click()
    form.proposed.line.setText("90")
    form.flush()
    query = query_desk.keeper.state.queries["q1"]
    assert (query.blank, query.proposed_value) == (False, 90.0)


def test_another_field_begins_without_blank_and_no_operation_is_without_its_date(
    qtbot: QtBot, fonts: None, query_desk: Session
) -> None:
    unlock(query_desk.keeper)
    draft(query_desk, "q1", "C0005", "other", field="weight", audit_value=80.0, blank=True)
    form = card_of(qtbot, query_desk, 5).form
    form.field.chosen.emit("operated_on")
    query = query_desk.keeper.state.queries["q1"]
    assert (query.field, query.blank) == ("operated_on", False)
    assert form.proposed.blank.isHidden()


def test_a_blank_that_could_not_be_written_is_not_shown_as_asked(
    qtbot: QtBot, fonts: None, query_desk: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlock(query_desk.keeper)
    draft(query_desk, "q1", "C0005", "wrong_risk_factor", field="weight", audit_value=80.0)
    form = card_of(qtbot, query_desk, 5).form
    monkeypatch.setattr(query_desk.keeper, "write_about", _full_disk)
    form.proposed.blank.click()
    assert not form.proposed.blank.isChecked()
    assert not query_desk.keeper.state.queries["q1"].blank


def test_what_could_identify_a_patient_is_named_without_a_value(
    qtbot: QtBot, fonts: None, query_desk: Session
) -> None:
    unlock(query_desk.keeper)
    draft(query_desk, "q1", "C0005", "other", field="weight", audit_value=80.0, proposed_value=90.0)
    form = card_of(qtbot, query_desk, 5).form
    assert form.withheld.isHidden()
    form.field.chosen.emit("patient.birth_date")
    query = query_desk.keeper.state.queries["q1"]
    assert query.field == "patient.birth_date"
    assert (query.audit_value, query.proposed_value, query.blank) == (None, None, False)
    assert form.proposed.isHidden()
    assert form.stands.isHidden()
    assert "looked up at the hospital" in form.withheld.accessibleName()
    assert not form.withheld.isHidden()


def test_a_locked_vault_is_asked_for_and_the_draft_waits(
    qtbot: QtBot, fonts: None, query_desk: Session, query_ways: Ways
) -> None:
    card = card_of(qtbot, query_desk, 5)
    with qtbot.waitSignal(query_desk.keeper.wanted):
        card.begin.click()
    assert not query_desk.keeper.state.queries
    unlock(query_desk.keeper)
    assert [one.case_id for one in query_desk.keeper.state.queries.values()] == ["C0005"]
    assert query_ways.gone == [("cases", "")]


def test_a_vault_of_another_surgeon_is_told(
    qtbot: QtBot, fonts: None, query_desk: Session, query_ways: Ways
) -> None:
    unlock(query_desk.keeper, gmc="9999999")
    card_of(qtbot, query_desk, 5).begin.click()
    assert [type(error).__name__ for error in query_ways.told] == ["OtherSurgeonError"]
    assert not query_desk.keeper.state.queries


def test_the_form_is_read_by_name(qtbot: QtBot, fonts: None, query_desk: Session) -> None:
    form = QueryFormWidget(query_desk.review.extract)
    qtbot.addWidget(form)
    parts = (form.kind, form.field, form.proposed.line, form.proposed.choice, form.evidence)
    assert all(part.accessibleName() for part in parts)


def test_a_new_request_says_nothing_that_was_not_chosen(
    qtbot: QtBot, fonts: None, query_desk: Session
) -> None:
    unlock(query_desk.keeper)
    card = card_of(qtbot, query_desk, 5)
    card.begin.click()
    (query,) = query_desk.keeper.state.queries.values()
    assert (query.kind, query.field, query.proposed_value) == ("other", None, None)


def test_what_is_wrong_stays_to_be_mended_and_never_moves_to_another_request(
    qtbot: QtBot, fonts: None, query_desk: Session
) -> None:
    unlock(query_desk.keeper)
    for name, case in (("q1", "C0005"), ("q2", "C0006")):
        draft(query_desk, name, case, "wrong_risk_factor", field="weight", audit_value=80.0)
    card = card_of(qtbot, query_desk, 5)
    line = card.form.proposed.line
    line.setText("heavy")
    card.form.evidence.setPlainText("A scale")
    card.form.flush()
    assert query_desk.keeper.state.queries["q1"].evidence == "A scale"
    assert line.text() == "heavy"
    card.show_case("C0006")
    assert line.text() == ""
    line.setText("90")
    card.form.flush()
    proposed = [one.proposed_value for one in query_desk.keeper.state.queries.values()]
    assert proposed == [None, 90.0]


def test_what_could_not_be_written_stays_and_is_told(
    qtbot: QtBot,
    fonts: None,
    query_desk: Session,
    query_ways: Ways,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    unlock(query_desk.keeper)
    draft(query_desk, "q1", "C0005", "wrong_risk_factor", field="weight", audit_value=80.0)
    card = card_of(qtbot, query_desk, 5)
    with monkeypatch.context() as broken:
        broken.setattr(query_desk.keeper, "write_about", _full_disk)
        card.form.proposed.line.setText("90")
        card.form.flush()
    assert [type(error) for error in query_ways.told] == [WriteFailedError]
    assert card.form.proposed.line.text() == "90"
    card.form.flush()
    assert query_desk.keeper.state.queries["q1"].proposed_value == 90.0


def _full_disk(*_: object) -> None:
    raise WriteFailedError("The disk is full.")


def test_an_identifier_that_is_typed_is_told_beside_it_and_kept(
    qtbot: QtBot, fonts: None, query_desk: Session
) -> None:
    unlock(query_desk.keeper)
    card = card_of(qtbot, query_desk, 5)
    card.begin.click()
    card.form.kind.chosen.emit("other")
    card.form.field.chosen.emit("provider")
    card.form.proposed.line.setText("943 476 5919")
    card.form.flush()
    (query,) = query_desk.keeper.state.queries.values()
    assert query.proposed_value == "943 476 5919"
    assert "NHS number" in card.form.proposed_reminder.accessibleName()
    assert card.form.proposed_reminder.isVisibleTo(card.form)
    assert not card.form.evidence_reminder.isVisibleTo(card.form)
    card.form.evidence.setPlainText("Mrs Smith said so; C0005")
    card.form.flush()
    assert "name of a person" in card.form.evidence_reminder.accessibleName()
    card.form.evidence.setPlainText("The theatre log of C0005")
    card.form.proposed.line.setText("Another hospital")
    card.form.flush()
    for reminder in (card.form.proposed_reminder, card.form.evidence_reminder):
        assert not reminder.isVisibleTo(card.form)
