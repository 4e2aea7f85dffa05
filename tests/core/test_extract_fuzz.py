"""Any bytes at all given to opening end in one of our errors, or in the extract that was made."""

import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import DamagedSealError, NotSealedError, PlumblineError
from core.extract.archive import MANIFEST, pack, unpack
from core.extract.opening import Envelope, open_extract, read_archive, read_tables
from core.extract.schema import ColumnContract
from core.extract.tables import read_table
from core.sealing import age
from core.sealing.trust import TrustStore

VECTOR = Path(__file__).parents[1] / "vectors" / "extract" / "all_parts.vec"
SEALED = VECTOR.read_bytes().split(b"\n\n", 1)[1]
OPENER = age.Passphrase("FICTIONAL passphrase")
ARCHIVE = age.decrypt(SEALED, [OPENER])
MEMBERS = unpack(ARCHIVE)
NOBODY = TrustStore()
COLUMNS = (
    ColumnContract("a", "text", required=True),
    ColumnContract("b", "number", minimum=0),
    ColumnContract("c", "date"),
)


def read_whole(archive: bytes) -> Envelope | None:
    """Return the envelope where the archive opens, None where it ends in one of our errors."""
    try:
        envelope = read_archive(archive, NOBODY)
        read_tables(envelope)
    except PlumblineError:
        return None
    return envelope


@given(st.binary(max_size=400))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(PlumblineError):
        open_extract(data, [OPENER], NOBODY)


@given(st.binary(max_size=400))
@settings(max_examples=200, deadline=None)
def test_any_bytes_in_a_seal_are_refused(data: bytes) -> None:
    sealed = age.encrypt(data, [OPENER], work_factor=2)
    with pytest.raises(PlumblineError):
        open_extract(sealed, [OPENER], NOBODY)


@given(st.integers(0, len(SEALED) - 1), st.integers(1, 255))
@settings(max_examples=300, deadline=None)
def test_any_changed_byte_of_a_sealed_file_is_refused(at: int, change: int) -> None:
    changed = bytearray(SEALED)
    changed[at] ^= change
    with pytest.raises(PlumblineError):
        open_extract(bytes(changed), [OPENER], NOBODY)


@given(st.integers(0, len(SEALED) - 1))
@settings(max_examples=100, deadline=None)
def test_any_shortened_file_is_refused(length: int) -> None:
    with pytest.raises((NotSealedError, DamagedSealError)):
        open_extract(SEALED[:length], [OPENER], NOBODY)


@pytest.mark.parametrize("seed", range(8))
def test_a_changed_archive_is_refused_or_holds_the_same(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(250):
        changed = bytearray(ARCHIVE)
        for _ in range(chance.choice((1, 1, 2, 8))):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        envelope = read_whole(bytes(changed))
        assert envelope is None or envelope.members == MEMBERS


@pytest.mark.parametrize("name", sorted(MEMBERS))
def test_any_changed_byte_of_any_part_is_refused(name: str) -> None:
    chance = random.Random(name)
    places = range(len(MEMBERS[name]))
    for at in chance.sample(places, min(len(places), 150)):
        changed = bytearray(MEMBERS[name])
        changed[at] ^= 1 << chance.randrange(8)
        envelope = read_whole(pack({**MEMBERS, name: bytes(changed)}))
        assert envelope is None or _same_certificate(envelope, name)


@given(st.binary(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_manifest_is_refused_by_our_errors(data: bytes) -> None:
    assert read_whole(pack({MANIFEST: data, "cases.csv": b"", "national.csv": b""})) is None


@given(st.text(alphabet='a1.-e,"\r\n \x00é', max_size=60))
@settings(max_examples=600, deadline=None)
def test_any_table_is_read_or_refused(text: str) -> None:
    for data in (text.encode(), b"a,b,c\n" + text.encode()):
        try:
            table = read_table(data, COLUMNS, "table")
        except PlumblineError:
            continue
        assert list(table.columns) == ["a", "b", "c"]
        assert (table["a"].str.len() > 0).all()
        assert not (table["b"] < 0).any()


def _same_certificate(envelope: Envelope, name: str) -> bool:
    """A PEM file may change in ways that leave its certificate as it was."""
    return name == "issuer.pem" and envelope.manifest_bytes == MEMBERS[MANIFEST]


LEAVES: tuple[object, ...] = (
    *(None, True, 0, 1, -1, 2**70, 0.5, 1e300, "", "x", "é", [], {}, [0.5], ["a", "a"]),
    *("0001-01-01", "9999-12-31", "9999-12-31T23:59:59-14:00", "2023-01-01T00:00:00"),
    *("case_id", "death", "binary", "ratio", "continuous", "favourable", "code", "flag", "date"),
)


def leaves(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the paths of all values below `value`."""
    below: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        below = list(value.items())
    elif isinstance(value, list):
        below = list(enumerate(value))
    inner = [found for key, part in below for found in leaves(part, (*path, key))]
    return [path, *inner] if path else inner


@pytest.mark.parametrize("seed", range(6))
def test_any_value_anywhere_in_a_manifest_opens_or_is_refused(seed: int) -> None:
    chance = random.Random(seed)
    unsigned = {name: MEMBERS[name] for name in MEMBERS if not name.endswith((".sig", ".pem"))}
    for _ in range(150):
        manifest = json.loads(MEMBERS[MANIFEST])
        for path in chance.sample(leaves(manifest), chance.choice((1, 1, 2))):
            put(manifest, path, chance.choice(LEAVES))
        read_whole(pack({**unsigned, MANIFEST: json.dumps(manifest).encode()}))


def put(manifest: dict[str, object], path: tuple[str | int, ...], value: object) -> None:
    place = manifest
    for key in path[:-1]:
        if not isinstance(place, dict | list) or (isinstance(place, list) and not place):
            return
        place = place[key]
    if isinstance(place, dict | list) and place:
        place[path[-1]] = value
