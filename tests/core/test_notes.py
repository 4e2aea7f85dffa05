"""What is written is replayed into a present state, undone, done again and kept in full."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.extract.manifest import Publication
from core.review.decision import (
    DecisionMade,
    DecisionSent,
    DecisionWithdrawn,
    sending_words,
    standing,
)
from core.review.events import Edit, Entry, Event, Redone, Undone, entry_bytes, read_entry
from core.review.notes import (
    NoteRemoved,
    NoteWritten,
    OnCase,
    OnMark,
    OnOutcome,
    OnSignal,
    OnStretch,
)
from core.review.queries import QueryAnswered, QueryDrafted, QueryRemoved, QuerySent
from core.review.reflection import ActionRemoved, ActionWritten, ReflectionWritten
from core.review.state import ReviewState, history, replay

START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
EXTRACT = "ab" * 32
DAY = date(2026, 11, 30)
ANCHORS = [
    OnCase("FICTIONAL-1"),
    OnOutcome("death"),
    OnStretch("death", 3, 9),
    OnSignal("death", "worse", 7),
    OnMark("death"),
]


def entries(*events: Event) -> list[Entry]:
    """Return entries e0, e1 … a minute apart."""
    return [Entry(f"e{n}", START + timedelta(minutes=n), event) for n, event in enumerate(events)]


def note(name: str, text: str) -> NoteWritten:
    return NoteWritten(note=name, extract=EXTRACT, anchor=OnOutcome("death"), text=text)


def query(name: str = "q", **fields: object) -> QueryDrafted:
    given_fields = {"kind": "wrong_outcome", "case_id": "1", "field": "outcome.death", **fields}
    return QueryDrafted(query=name, extract=EXTRACT, **given_fields)  # type: ignore[arg-type]


def test_every_anchor_survives_the_journal() -> None:
    for anchor in ANCHORS:
        event = NoteWritten(
            note="n", extract=EXTRACT, anchor=anchor, text="é\n", tags=("t",), domains=("trust",)
        )
        (entry,) = entries(event)
        assert read_entry(entry_bytes(entry)) == entry


def test_a_note_stands_in_its_last_wording_with_its_first_number() -> None:
    state = replay(entries(note("a", "one"), note("b", "two"), note("a", "one, better")))
    found = state.notes["a"]
    assert (found.text, found.number) == ("one, better", 1)
    assert (found.begun_at, found.changed_at) == (START, START + timedelta(minutes=2))
    assert state.notes["b"].number == 2


def test_numbers_of_removed_notes_are_not_given_again() -> None:
    state = replay(entries(note("a", "one"), NoteRemoved(note="a"), note("b", "two")))
    assert {name: found.number for name, found in state.notes.items()} == {"b": 2}


def test_the_history_of_a_note_holds_every_wording_and_what_was_undone() -> None:
    journal = entries(
        note("a", "one"), note("b", "x"), note("a", "two"), Undone(entry="e2"), Redone(entry="e2")
    )
    assert [entry.id for entry in history(journal, "a")] == ["e0", "e2", "e3", "e4"]


def test_a_query_goes_from_draft_to_answer_and_back_to_draft_when_changed() -> None:
    sent = QuerySent(query="q", on=DAY, to="the audit", how="e-mail")
    answer = QueryAnswered(query="q", accepted=True, on=DAY, words="corrected")
    steps = entries(query(audit_value=1.0, proposed_value=0.0), sent, answer)
    assert [replay(steps[:n]).queries["q"].status for n in (1, 2, 3)] == [
        "drafted",
        "sent",
        "accepted",
    ]
    assert replay(steps).queries["q"].sent == sent
    rejected = entries(query(), sent, QueryAnswered(query="q", accepted=False, on=DAY))
    assert replay(rejected).queries["q"].status == "rejected"
    again = replay([*steps, *entries(*[query()] * 4)[3:]]).queries["q"]
    assert (again.status, again.sent, again.answer) == ("drafted", None, None)


def test_the_audits_value_is_kept_while_the_field_is_the_same() -> None:
    first = query(audit_value=1.0)
    same = replay(entries(first, query(audit_value=0.0, proposed_value=0.0)))
    assert same.queries["q"].audit_value == 1.0
    other = replay(entries(first, query(field="age", audit_value=71.0)))
    assert other.queries["q"].audit_value == 71.0


OLD_DRAFT = (
    b'{"id":"e0","at":"2026-11-22T09:00:00Z","event":{"type":"query_drafted","query":"q",'
    b'"extract":"x","kind":"wrong_outcome","case_id":"1","field":"outcome.death",'
    b'"audit_value":1.0,"proposed_value":null,"evidence":"seen"}}'
)


def test_a_draft_written_before_blank_could_be_asked_asks_for_nothing_new() -> None:
    entry = read_entry(OLD_DRAFT)
    assert entry is not None
    found = replay([entry]).queries["q"]
    assert (found.blank, found.proposed_value, found.evidence) == (False, None, "seen")


FIRST_BLANK_DRAFT = OLD_DRAFT.replace(b'"seen"', b'"seen","blank":true')


def test_a_draft_that_asked_for_blank_in_a_plain_record_is_still_read() -> None:
    entry = read_entry(FIRST_BLANK_DRAFT)
    assert entry is not None
    assert replay([entry]).queries["q"].blank


def test_a_version_that_cannot_ask_for_blank_finds_a_record_it_does_not_know() -> None:
    """Its records are those of `Entry`: drafts, with no kind for what is to be left blank."""
    plain, asked = map(entry_bytes, entries(query(), query(blank=True)))
    assert msgspec.json.decode(plain, type=Entry).event == query()
    with pytest.raises(msgspec.ValidationError, match="query_blank_asked"):
        msgspec.json.decode(asked, type=Entry)


def test_a_value_asked_to_be_left_blank_survives_the_journal_and_a_later_value() -> None:
    first, later = entries(query(audit_value=1.0, blank=True), query(proposed_value=0.0))
    kept = read_entry(entry_bytes(first))
    assert kept == first
    assert kept is not None
    assert replay([kept]).queries["q"].blank
    assert not replay([kept, later]).queries["q"].blank


def test_what_concerns_an_unknown_query_is_no_crash() -> None:
    sent = QuerySent(query="no", on=DAY, to="", how="")
    answer = QueryAnswered(query="no", accepted=True, on=DAY)
    events = (sent, answer, QueryRemoved(query="no"), NoteRemoved(note="no"))
    state = replay(entries(*events, ActionRemoved(action="no")))
    assert (len(state.queries), len(state.notes), len(state.actions)) == (0, 0, 0)


def decided(*events: Event) -> ReviewState:
    return replay(entries(*events))


def test_a_decision_keeps_every_step_and_must_be_sent_again_after_a_change() -> None:
    made = DecisionMade(extract=EXTRACT, choice="agreed")
    sent = DecisionSent(extract=EXTRACT, on=DAY, to="the audit", how="post")
    changed = DecisionMade(extract=EXTRACT, choice="objected", reason="records")
    withdrawn = DecisionWithdrawn(extract=EXTRACT)
    regime = Publication(regime="presumed", deadline=DAY)
    at = [decided(*(made, sent, changed, withdrawn)[:n]).decisions[EXTRACT] for n in (1, 2, 3, 4)]
    assert [found.sent for found in at] == [None, sent, None, None]
    assert [standing(found, regime, DAY) for found in at] == [
        "agreed",
        "agreed",
        "objected",
        "unreviewed",
    ]
    assert [event for _, event in at[-1].steps] == [made, sent, changed, withdrawn]
    assert standing(at[-1], regime, DAY + timedelta(days=1)) == "lapsed"


def test_without_a_decision_it_lapses_only_after_the_deadline() -> None:
    regime = Publication(regime="presumed", deadline=DAY)
    assert standing(None, regime, DAY) == "unreviewed"
    assert standing(None, regime, DAY + timedelta(days=1)) == "lapsed"
    assert standing(None, Publication(regime="consent"), date.max) == "unreviewed"


@pytest.mark.parametrize(("choice", "reason"), [("objected", None), ("agreed", "records")])
def test_an_objection_alone_has_a_reason(choice: str, reason: str | None) -> None:
    with pytest.raises(ValueError, match="reason"):
        DecisionMade(extract=EXTRACT, choice=choice, reason=reason)  # type: ignore[arg-type]


def test_the_words_say_that_nothing_was_sent() -> None:
    assert sending_words(None, "audit@example.org", DAY) == (
        "Saved on this computer only. Not sent."
        " Send the file to audit@example.org by 30 November 2026."
    )
    assert "gives no address" in sending_words(None)
    assert sending_words(DAY) == "Recorded as sent on 30 November 2026. This program sent nothing."


def test_reflections_stand_by_outcome_and_overall_part_by_part() -> None:
    def part(outcome: str | None, name: str, text: str) -> ReflectionWritten:
        return ReflectionWritten(extract=EXTRACT, outcome=outcome, part=name, text=text)  # type: ignore[arg-type]

    events = (
        part(None, "what", "W"),
        part("death", "what", "d"),
        part("death", "so_what", "S"),
        part("death", "now_what", "N"),
        part("death", "what", "D"),
    )
    found = replay(entries(*events)).reflections
    death = found[EXTRACT, "death"]
    assert (death.what, death.so_what, death.now_what) == ("D", "S", "N")
    assert (found[EXTRACT, None].what, found[EXTRACT, None].so_what) == ("W", "")


def test_an_action_is_dated_done_and_removed() -> None:
    def action(done: date | None) -> ActionWritten:
        return ActionWritten(
            action="a", extract=EXTRACT, outcome=None, kind="pdp", text="t", due=DAY, done=done
        )

    steps = entries(action(None), action(DAY), ActionRemoved(action="a"))
    assert [replay(steps[:n]).actions["a"].done for n in (1, 2)] == [None, DAY]
    assert not replay(steps).actions


def test_undo_and_redo_are_told_by_the_journal_itself() -> None:
    journal = entries(note("a", "one"), note("a", "two"), Undone(entry="e1"))
    state = replay(journal)
    assert (state.notes["a"].text, state.undo, state.redo) == ("one", "e0", "e1")
    state = replay([*journal, Entry("e3", START, Redone(entry="e1"))])
    assert (state.notes["a"].text, state.undo, state.redo) == ("two", "e1", None)
    state = replay([*journal, Entry("e3", START, note("a", "three"))])
    assert (state.notes["a"].text, state.undo, state.redo) == ("three", "e3", None)
    state = replay(
        [*journal, Entry("e3", START, note("a", "three")), Entry("e4", START, Undone(entry="e3"))]
    )
    assert state.notes["a"].text == "one"


def test_a_decision_is_withdrawn_never_undone() -> None:
    made = DecisionMade(extract=EXTRACT, choice="agreed")
    state = replay(entries(made, Undone(entry="e0")))
    assert state.undo is None
    assert state.decisions[EXTRACT].made == made


@given(st.lists(st.sampled_from(["write", "undo", "redo"]), max_size=30))
def test_undo_and_redo_behave_as_a_pair_of_stacks(steps: list[str]) -> None:
    journal: list[Entry] = []
    done: list[str] = []
    undone: list[str] = []
    for n, event in enumerate(chosen(steps, journal)):
        journal.append(Entry(f"e{n}", START, event))
        if isinstance(event, Undone):
            undone.append(done.pop())
        elif isinstance(event, Redone):
            done.append(undone.pop())
        else:
            assert isinstance(event, Edit)
            done.append(f"text {n}")
            undone.clear()
        shown = replay(journal).notes
        assert (shown["a"].text if shown else None) == (done[-1] if done else None)


def chosen(steps: list[str], journal: list[Entry]) -> Iterator[Event]:
    """Yield what the steps write, leaving out those that have nothing to undo or do again."""
    for step in steps:
        state = replay(journal)
        if step == "write":
            yield note("a", f"text {len(journal)}")
        elif step == "undo" and state.undo:
            yield Undone(entry=state.undo)
        elif step == "redo" and state.redo:
            yield Redone(entry=state.redo)


def test_an_entry_that_stands_twice_counts_once() -> None:
    (entry,) = entries(note("a", "one"))
    assert replay([entry, entry]) == replay([entry])
