"""The file of notes: what it may hold, and how nonsense is refused."""

import json
from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadNotesError
from core.report.notes_file import LARGEST, read_notes
from core.review.notes import OnCase, OnMark, OnOutcome, OnSignal, OnStretch
from core.review.state import ReviewState

EXTRACT = "0" * 64
AT = datetime(2026, 11, 2, tzinfo=UTC)


def read(found: object) -> ReviewState:
    return read_notes(json.dumps(found).encode(), EXTRACT, AT)


def test_an_empty_file_is_an_empty_review():
    state = read({})
    assert not state.notes
    assert not state.queries
    assert not state.reflections


def test_every_anchor():
    state = read(
        {
            "notes": [
                {"text": "a", "case": "X1"},
                {"text": "b", "outcome": "death"},
                {"text": "c", "outcome": "death", "on": "mark"},
                {"text": "d", "outcome": "death", "on": "stretch", "rows": [9, 3]},
                {"text": "e", "outcome": "death", "on": "signal", "row": 4, "side": "better"},
            ]
        }
    )
    found = sorted(state.notes.values(), key=lambda note: note.number)
    assert [note.number for note in found] == [1, 2, 3, 4, 5]
    assert [note.anchor for note in found] == [
        OnCase("X1"),
        OnOutcome("death"),
        OnMark("death"),
        OnStretch("death", 3, 9),
        OnSignal("death", "better", 4),
    ]
    assert {note.extract for note in found} == {EXTRACT}


def test_the_rest_of_a_review():
    state = read(
        {
            "reflections": [
                {"outcome": "death", "what": "w", "now_what": "n"},
                {"so_what": "overall"},
            ],
            "actions": [{"text": "t", "kind": "pdp", "due": "2027-03-01"}],
            "queries": [
                {"kind": "duplicate", "case": "X1"},
                {
                    "kind": "other",
                    "case": "X2",
                    "status": "sent",
                    "on": "2026-11-01",
                    "to": "audit",
                },
                {"kind": "other", "case": "X3", "status": "accepted", "on": "2026-11-02"},
            ],
            "decision": {"choice": "objected", "reason": "records", "words": "see queries"},
        }
    )
    about = state.reflections[EXTRACT, "death"]
    assert (about.what, about.so_what, about.now_what) == ("w", "", "n")
    assert state.reflections[EXTRACT, None].so_what == "overall"
    (action,) = state.actions.values()
    assert (action.kind, action.due) == ("pdp", date(2027, 3, 1))
    statuses = [query.status for query in state.queries.values()]
    assert statuses == ["drafted", "sent", "accepted"]
    made = state.decisions[EXTRACT].made
    assert made is not None
    assert made.reason == "records"


def test_a_mark_of_byte_order_is_passed_over():
    assert read_notes(b"\xef\xbb\xbf{}", EXTRACT, AT).notes == {}


@pytest.mark.parametrize(
    "found",
    [
        [],
        3,
        {"note": []},
        {"reflections": [{"outcome": "death", "sowhat": "a slip of the pen"}]},
        {"notes": [{"outcome": "death"}]},
        {"notes": [{"text": "no anchor"}]},
        {"notes": [{"text": "a", "outcome": "death", "on": "stretch"}]},
        {"notes": [{"text": "a", "outcome": "death", "on": "signal"}]},
        {"notes": [{"text": "a", "outcome": "death", "on": "elsewhere"}]},
        {"notes": [{"text": "a", "outcome": "death", "domains": ["magic"]}]},
        {"queries": [{"kind": "nonsense"}]},
        {"queries": [{"kind": "other", "status": "sent"}]},
        {"queries": [{"kind": "other", "status": "lost", "on": "2026-11-01"}]},
        {"actions": [{"text": "t", "due": "tomorrow"}]},
        {"decision": {"choice": "objected"}},
        {"decision": {"choice": "agreed", "reason": "records"}},
    ],
)
def test_nonsense_is_refused(found):
    with pytest.raises(BadNotesError):
        read(found)


def test_a_refusal_says_where_and_never_what():
    with pytest.raises(BadNotesError) as refused:
        read({"notes": [{"text": "a", "outcome": "death", "on": "PRIVATE-WORDS"}]})
    assert "PRIVATE" not in str(refused.value)
    assert "$.notes[0].on" in str(refused.value)


def test_a_file_without_end_is_refused():
    with pytest.raises(BadNotesError):
        read_notes(b" " * (LARGEST + 1), EXTRACT, AT)
    with pytest.raises(BadNotesError):
        read_notes(b"[" * 100_000, EXTRACT, AT)


@given(st.binary(max_size=200))
def test_no_bytes_end_otherwise(data):
    with suppress(BadNotesError):
        read_notes(data, EXTRACT, AT)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["text", "outcome", "on", "rows", "row", "kind", "status", "choice"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(["notes", "queries", "actions", "decision"]), JSON))
def test_no_json_ends_otherwise(found):
    with suppress(BadNotesError):
        read(found)
