"""The bytes of a journal: cut, flipped, moved or random, all that can be read is read."""

from hypothesis import given
from hypothesis import strategies as st

from core.review.records import JournalKey, journal_bytes, read_records

KEY = JournalKey(bytes(range(16)), bytes(range(32)))
TEXTS = [b"first", b"", b"third record, longer than the others" * 3, b"fourth"]
WHOLE = journal_bytes(TEXTS, KEY)
ENDS = [record.end for record in read_records(WHOLE, KEY).records]


def test_a_whole_journal_reads_back_in_order() -> None:
    reading = read_records(WHOLE, KEY)
    assert [record.text for record in reading.records] == TEXTS
    assert all(record.anchored for record in reading.records)
    assert reading.damaged == ()


def test_a_cut_at_any_byte_keeps_every_record_before_it() -> None:
    for cut in range(len(WHOLE)):
        check_cut(cut)


def check_cut(cut: int) -> None:
    reading = read_records(WHOLE[:cut], KEY)
    whole = sum(end <= cut for end in ENDS)
    assert [record.text for record in reading.records] == TEXTS[:whole]
    at_an_end = cut in {len(KEY.header), *ENDS}
    assert bool(reading.damaged) != at_an_end


def test_a_flipped_byte_costs_one_record_at_most() -> None:
    for at in range(len(WHOLE)):
        check_flip(at)


def check_flip(at: int) -> None:
    data = bytearray(WHOLE)
    data[at] ^= 0x40
    reading = read_records(bytes(data), KEY)
    lost = next((n for n, end in enumerate(ENDS) if at < end), None)
    if at < len(KEY.header):
        lost = None
    kept = [text for n, text in enumerate(TEXTS) if n != lost]
    assert [record.text for record in reading.records] == kept
    assert len(reading.damaged) == 1
    start, end = reading.damaged[0]
    assert start <= at < end
    if lost is not None:
        assert [record.anchored for record in reading.records] == [
            n < lost for n in range(len(TEXTS)) if n != lost
        ]


@given(st.binary(max_size=400))
def test_any_bytes_are_read_without_a_crash(data: bytes) -> None:
    for whole in (data, KEY.header + data, WHOLE + data):
        reading = read_records(whole, KEY)
        covered = sum(end - start for start, end in reading.damaged)
        covered += sum(record.end - record.start for record in reading.records)
        covered += len(KEY.header) if whole.startswith(KEY.header) else 0
        assert covered == len(whole)


def test_a_record_taken_out_or_moved_is_told_by_the_chain() -> None:
    parts = [WHOLE[: ENDS[0]], WHOLE[ENDS[0] : ENDS[1]], WHOLE[ENDS[1] : ENDS[2]]]
    without = read_records(parts[0] + parts[2], KEY)
    assert [record.anchored for record in without.records] == [True, False]
    swapped = read_records(parts[0] + parts[2] + parts[1], KEY)
    assert [record.anchored for record in swapped.records] == [True, False, False]


def test_another_key_or_id_opens_nothing() -> None:
    for key in (JournalKey(KEY.id, bytes(32)), JournalKey(bytes(16), KEY.key)):
        assert read_records(WHOLE, key).records == ()


def test_no_two_records_share_a_nonce() -> None:
    data = journal_bytes([b"same"] * 200, KEY)
    starts = [record.start for record in read_records(data, KEY).records]
    assert len({data[start + 44 : start + 56] for start in starts}) == 200
