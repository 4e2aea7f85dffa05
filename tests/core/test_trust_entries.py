"""Trust entries and revocation lists: whole, changed, wrong though signed, and strange."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadSignatureError, BadTrustEntryError, UsageError
from core.sealing.revocations import make_revocations, parse_revocations, revocations_bytes
from core.sealing.signatures import (
    fingerprint,
    sign,
)
from core.sealing.signed_json import canonical, with_signature, write_object
from core.sealing.trust import (
    TrustEntry,
    TrustKind,
    make_trust_entry,
    parse_trust_entry,
    trust_entry_bytes,
    with_revocations,
)
from tests.core.made_trust import (
    CODE,
    ENTRY,
    ISSUED,
    OTHER_ENTRY,
    OTHER_ROOT,
    ROOT,
    SERIAL,
    STORE,
    revoking,
)


@pytest.mark.parametrize(
    "changes",
    [
        {"format": "plumbline-revocations/2"},
        {"number": True},
        {"number": 1.0},
        {"number": "1"},
        {"serials": ["FF"]},
        {"serials": ["-1", "x"]},
        {"serials": [255]},
        {"serials": None},
        {"root": OTHER_ENTRY.fingerprint},
        {"more": True},
    ],
)
def test_a_wrong_list_is_told_though_the_root_signed_it(changes: dict[str, object]) -> None:
    def made(**changed: object) -> bytes:
        fields = json.loads(revocations_bytes(make_revocations(ROOT, 1, [255]))) | changed
        del fields["signature"]
        return write_object(with_signature(fields, sign(ROOT.private_key, canonical(fields))))

    assert parse_revocations(made(), ROOT.certificate_pem).serials == (255,)
    with pytest.raises(BadTrustEntryError):
        parse_revocations(made(**changes), ROOT.certificate_pem)


def test_an_entry_comes_back_whole() -> None:
    for entry in (ENTRY, OTHER_ENTRY, revoking(ENTRY, ROOT, 3, SERIAL, 1)):
        assert parse_trust_entry(trust_entry_bytes(entry)) == entry
    assert ENTRY.fingerprint == fingerprint(ROOT.certificate_pem)


def test_a_list_comes_back_whole() -> None:
    made = make_revocations(ROOT, 3, [SERIAL, 5])
    assert parse_revocations(revocations_bytes(made), ROOT.certificate_pem) == made


@pytest.mark.parametrize(
    "changed",
    [
        replace(ENTRY, name="Another audit"),
        replace(ENTRY, audit_codes=("HIP",)),
        replace(ENTRY, audit_codes=(CODE, "HIP")),
        replace(ENTRY, kind=TrustKind.EXAMPLE),
        replace(ENTRY, root_pem=OTHER_ROOT.certificate_pem),
        replace(ENTRY, revocations=OTHER_ENTRY.revocations),
        replace(ENTRY, signature=OTHER_ENTRY.signature),
    ],
)
def test_a_changed_entry_is_told(changed: TrustEntry) -> None:
    with pytest.raises(BadTrustEntryError):
        parse_trust_entry(trust_entry_bytes(changed))


@pytest.mark.parametrize(("name", "codes"), [("", [CODE]), ("FICTIONAL", [CODE, ""])])
def test_an_entry_names_its_audits(name: str, codes: list[str]) -> None:
    with pytest.raises(UsageError):
        make_trust_entry(ROOT, name, codes)


def signed_entry(**changes: object) -> bytes:
    fields = json.loads(trust_entry_bytes(ENTRY))["entry"] | changes
    del fields["signature"]
    made = replace(ENTRY, signature=sign(ROOT.private_key, canonical(fields)))
    parts = json.loads(trust_entry_bytes(made))
    return write_object({**parts, "entry": fields | {"signature": parts["entry"]["signature"]}})


@pytest.mark.parametrize(
    "changes",
    [
        {"name": ""},
        {"name": 7},
        {"audit_codes": CODE},
        {"audit_codes": [""]},
        {"audit_codes": [7]},
        {"audit_codes": None},
        {"kind": "verified"},
        {"format": "plumbline-trust/2"},
        {"root": "not a certificate"},
        {"root": "é"},
        {"root": 7},
        {"more": True},
    ],
)
def test_a_wrong_entry_is_told_though_its_root_signed_it(changes: dict[str, object]) -> None:
    assert parse_trust_entry(signed_entry()) == ENTRY
    with pytest.raises(BadTrustEntryError):
        parse_trust_entry(signed_entry(**changes))


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_any_bytes_at_all_are_no_entry(data: bytes) -> None:
    with pytest.raises(BadTrustEntryError):
        parse_trust_entry(data)
    with pytest.raises(BadTrustEntryError):
        with_revocations(ENTRY, data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
PARTS = st.sampled_from(["entry", "revocations"])
KEYS = st.sampled_from(
    ["format", "name", "audit_codes", "kind", "root", "signature", "number", "serials"]
)


@given(PARTS, KEYS, JSON)
def test_any_value_at_all_in_an_entry_is_told(part: str, key: str, value: object) -> None:
    parts = json.loads(trust_entry_bytes(ENTRY))
    same = parts[part].get(key) == value and type(parts[part].get(key)) is type(value)
    parts[part][key] = value
    if not same:
        with pytest.raises(BadTrustEntryError):
            parse_trust_entry(json.dumps(parts).encode())


@pytest.mark.parametrize("data", [b"[" * 100_000, b'{"entry": "\\ud800"}', b"\xff", b"[]", b"{}"])
def test_strange_json_is_told(data: bytes) -> None:
    with pytest.raises(BadTrustEntryError):
        parse_trust_entry(data)


def test_an_unreadable_certificate_is_a_bad_signature() -> None:
    with pytest.raises(BadSignatureError):
        STORE.judge(b"not a certificate", CODE, ISSUED)
