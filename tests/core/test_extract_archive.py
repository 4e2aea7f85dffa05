"""The zip inside the seal: the same bytes each time, and nothing beyond its limits."""

import io
import tracemalloc
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import ArchiveLimitError, NotAnExtractError
from core.extract import archive
from core.extract.archive import MANIFEST, pack, unpack

NAMES = ["cases.csv", "national.csv", "answers.csv", "models/a.toml", "models/b_2-c.toml"]
CONTENTS = st.dictionaries(st.sampled_from(NAMES), st.binary(max_size=2000))


@given(CONTENTS)
@settings(max_examples=60, deadline=None)
def test_what_is_packed_is_unpacked(contents: dict[str, bytes]) -> None:
    members = {MANIFEST: b"{}", **contents}
    assert unpack(pack(members)) == members
    assert pack(members) == pack(dict(members))


def test_any_zip_tool_reads_it_and_finds_no_clock_in_it() -> None:
    with zipfile.ZipFile(io.BytesIO(pack({MANIFEST: b"{}"}))) as zipped:
        assert zipped.testzip() is None
        assert zipped.infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)


@pytest.mark.parametrize("name", ["../a.csv", "a.csv", "models/../a.toml", "models/a/b.toml", ""])
def test_no_other_name_is_packed(name: str) -> None:
    with pytest.raises(ValueError, match="no member of that name"):
        pack({name: b""})


def test_a_member_as_large_as_allowed_opens_and_a_larger_one_does_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(archive, "LARGEST_MEMBER", 1000)
    monkeypatch.setattr(archive, "LARGEST_MANIFEST", 100)
    assert unpack(pack({MANIFEST: bytes(100), "cases.csv": bytes(1000)}))
    with pytest.raises(ArchiveLimitError):
        unpack(pack({MANIFEST: bytes(100), "cases.csv": bytes(1001)}))
    with pytest.raises(ArchiveLimitError):
        unpack(pack({MANIFEST: bytes(101)}))


def test_members_together_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LARGEST_TOTAL", 1000)
    assert unpack(pack({MANIFEST: bytes(500), "cases.csv": bytes(500)}))
    with pytest.raises(ArchiveLimitError):
        unpack(pack({MANIFEST: bytes(500), "cases.csv": bytes(501)}))


def test_a_size_that_lies_costs_no_memory() -> None:
    size = 200 * 1024 * 1024
    packed = pack({MANIFEST: b"{}", "cases.csv": bytes(size)})
    lying = packed.replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    tracemalloc.start()
    try:
        with pytest.raises(NotAnExtractError):
            unpack(lying)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 4 * 1024 * 1024
