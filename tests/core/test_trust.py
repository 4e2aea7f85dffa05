"""Trust: which issuing certificates count, for which audits, and until when."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st

from core.assets import asset
from core.errors import BadSignatureError, BadTrustEntryError, RevocationOrderError, UsageError
from core.sealing.example_keys import example_issuer, example_root, example_trust_entry
from core.sealing.revocations import make_revocations, parse_revocations, revocations_bytes
from core.sealing.signatures import (
    CertifiedKey,
    fingerprint,
    make_issuer,
    make_root,
    read_certificate,
    sign,
)
from core.sealing.signed_json import canonical, with_signature, write_object
from core.sealing.trust import (
    TrustEntry,
    TrustKind,
    TrustState,
    TrustStore,
    make_trust_entry,
    parse_trust_entry,
    shipped_entries,
    trust_entry_bytes,
    with_revocations,
)

START = datetime(2026, 1, 1, tzinfo=UTC)
ISSUED = START + timedelta(days=100)
CODE = "CARDIAC"
ROOT = make_root("FICTIONAL root", START)
OTHER_ROOT = make_root("FICTIONAL root", START)
ISSUER = make_issuer(ROOT, "FICTIONAL issuer", START)
ENTRY = make_trust_entry(ROOT, "FICTIONAL audit", [CODE])
OTHER_ENTRY = make_trust_entry(OTHER_ROOT, "FICTIONAL other audit", ["HIP", "KNEE"])
STORE = TrustStore((OTHER_ENTRY, ENTRY))
SERIAL = read_certificate(ISSUER.certificate_pem).serial_number


def state(store: TrustStore, key: CertifiedKey, code: str = CODE) -> TrustState:
    return store.judge(key.certificate_pem, code, ISSUED).state


def revoking(entry: TrustEntry, root: CertifiedKey, number: int, *serials: int) -> TrustEntry:
    return with_revocations(entry, revocations_bytes(make_revocations(root, number, serials)))


def test_the_state_words_are_the_contracted_ones() -> None:
    words = {"verified", "unsigned", "unknown_issuer", "revoked", "example"}
    assert {str(found) for found in TrustState} == words


def test_an_issuer_under_a_trusted_root_is_verified_for_its_audit_alone() -> None:
    verdict = STORE.judge(ISSUER.certificate_pem, CODE, ISSUED)
    assert (verdict.state, verdict.issuer_name) == (TrustState.VERIFIED, "FICTIONAL audit")
    assert verdict.fingerprint == fingerprint(ISSUER.certificate_pem)
    elsewhere = STORE.judge(ISSUER.certificate_pem, "HIP", ISSUED)
    assert elsewhere.state is TrustState.UNKNOWN_ISSUER
    assert "not trusted for this audit" in elsewhere.reason


def test_no_certificate_is_unsigned() -> None:
    verdict = STORE.judge(None, CODE, ISSUED)
    assert (verdict.state, verdict.issuer_name) == (TrustState.UNSIGNED, "")


def test_an_untrusted_root_of_the_same_name_is_unknown() -> None:
    assert state(TrustStore((OTHER_ENTRY,)), ISSUER) is TrustState.UNKNOWN_ISSUER
    assert state(TrustStore(), ISSUER) is TrustState.UNKNOWN_ISSUER
    forged = make_issuer(make_root("FICTIONAL root", START), "FICTIONAL audit", START)
    assert state(STORE, forged) is TrustState.UNKNOWN_ISSUER


def test_neither_a_root_nor_an_issuer_may_stand_for_the_other() -> None:
    assert state(STORE, ROOT) is TrustState.UNKNOWN_ISSUER
    below = make_issuer(ISSUER, "FICTIONAL", START)
    assert state(STORE, below) is TrustState.UNKNOWN_ISSUER
    as_root = make_trust_entry(ISSUER, "FICTIONAL", [CODE])
    with pytest.raises(BadTrustEntryError):
        parse_trust_entry(trust_entry_bytes(as_root))


@pytest.mark.parametrize(
    ("issued_at", "expected"),
    [
        (START - timedelta(seconds=1), TrustState.UNKNOWN_ISSUER),
        (START, TrustState.VERIFIED),
        (START + timedelta(days=1096), TrustState.VERIFIED),
        (START + timedelta(days=1096, seconds=1), TrustState.UNKNOWN_ISSUER),
    ],
)
def test_the_time_of_issue_lies_within_the_certificate(
    issued_at: datetime, expected: TrustState
) -> None:
    assert STORE.judge(ISSUER.certificate_pem, CODE, issued_at).state is expected


def test_the_time_of_issue_lies_within_the_root() -> None:
    root = make_root("FICTIONAL", START, lifetime=timedelta(days=10))
    issuer = make_issuer(root, "FICTIONAL", START)
    store = TrustStore((make_trust_entry(root, "FICTIONAL", [CODE]),))
    verdict = store.judge(issuer.certificate_pem, CODE, START + timedelta(days=11))
    assert verdict.state is TrustState.UNKNOWN_ISSUER
    assert "outside the time" in verdict.reason


def test_a_revoked_issuer_is_revoked_whatever_else() -> None:
    store = TrustStore((ENTRY, revoking(ENTRY, ROOT, 1, SERIAL), OTHER_ENTRY))
    assert state(store, ISSUER) is TrustState.REVOKED
    assert state(store, ISSUER, "HIP") is TrustState.REVOKED
    long_ago = store.judge(ISSUER.certificate_pem, CODE, START - timedelta(days=999))
    assert long_ago.state is TrustState.REVOKED
    assert state(store, make_issuer(ROOT, "FICTIONAL", START)) is TrustState.VERIFIED


def test_revocations_never_go_back() -> None:
    second = revoking(ENTRY, ROOT, 2, SERIAL)
    assert revoking(second, ROOT, 2, SERIAL) == second
    assert revoking(second, ROOT, 5, SERIAL, 77).revocations.serials == tuple(sorted([SERIAL, 77]))
    for number, serials in [(0, []), (1, [SERIAL]), (2, []), (2, [SERIAL, 77])]:
        with pytest.raises(RevocationOrderError):
            revoking(second, ROOT, number, *serials)


def test_only_the_root_revokes() -> None:
    for list_of_another in (
        revocations_bytes(make_revocations(OTHER_ROOT, 9, [SERIAL])),
        revocations_bytes(replace(make_revocations(ROOT, 9, [SERIAL]), number=10)),
        revocations_bytes(replace(make_revocations(ROOT, 9, [SERIAL]), serials=())),
        revocations_bytes(make_revocations(ROOT, -1, [SERIAL])),
    ):
        with pytest.raises(BadTrustEntryError):
            with_revocations(ENTRY, list_of_another)


def test_the_example_is_an_example_for_every_audit_and_never_verified() -> None:
    store = TrustStore((*shipped_entries(), ENTRY))
    for code in (CODE, "EXAMPLE", ""):
        verdict = store.judge(example_issuer().certificate_pem, code, ISSUED)
        assert verdict.state is TrustState.EXAMPLE
        assert "FICTIONAL" in verdict.issuer_name


def test_the_shipped_example_is_what_the_code_makes() -> None:
    shipped = asset("issuers/example.trust.json").replace(b"\r\n", b"\n")
    assert shipped == trust_entry_bytes(example_trust_entry())
    assert shipped_entries() == (example_trust_entry(),)


def test_the_key_of_the_example_can_never_speak_for_an_audit() -> None:
    renamed = make_root("FICTIONAL real audit", START, private_key=example_root().private_key)
    for root in (example_root(), renamed):
        claim = trust_entry_bytes(make_trust_entry(root, "Real audit", [CODE]))
        with pytest.raises(BadTrustEntryError):
            parse_trust_entry(claim)
        store = TrustStore((make_trust_entry(root, "Real audit", [CODE]),))
        issuer = make_issuer(root, "FICTIONAL", START)
        assert state(store, issuer) is TrustState.EXAMPLE


def certified(public_key: CertificatePublicKeyTypes, *extensions: x509.ExtensionType) -> bytes:
    """Return a certificate that ROOT's key signs in ROOT's name."""
    subject = read_certificate(ROOT.certificate_pem).subject
    builder = x509.CertificateBuilder(subject, subject, public_key, 1, START, ISSUED)
    for extension in extensions:
        builder = builder.add_extension(extension, critical=True)
    return builder.sign(ROOT.private_key, None).public_bytes(Encoding.PEM)


def extension_of(key: CertifiedKey, kind: type[x509.ExtensionType]) -> x509.ExtensionType:
    return read_certificate(key.certificate_pem).extensions.get_extension_for_class(kind).value


LEAF = extension_of(ISSUER, x509.BasicConstraints)
AUTHORITY = extension_of(ROOT, x509.BasicConstraints)
SIGNS = extension_of(ISSUER, x509.KeyUsage)
AGREES = x509.KeyUsage(False, False, False, False, True, False, False, False, False)
P_256 = generate_private_key(SECP256R1()).public_key()


@pytest.mark.parametrize(
    ("public_key", "extensions", "expected"),
    [
        (ISSUER.private_key.public_key(), (LEAF, SIGNS), TrustState.VERIFIED),
        (ISSUER.private_key.public_key(), (AUTHORITY, SIGNS), TrustState.UNKNOWN_ISSUER),
        (ISSUER.private_key.public_key(), (LEAF, AGREES), TrustState.UNKNOWN_ISSUER),
        (ISSUER.private_key.public_key(), (LEAF,), TrustState.UNKNOWN_ISSUER),
        (ISSUER.private_key.public_key(), (SIGNS,), TrustState.UNKNOWN_ISSUER),
        (P_256, (LEAF, SIGNS), TrustState.UNKNOWN_ISSUER),
    ],
)
def test_what_an_issuing_certificate_is_for(
    public_key: CertificatePublicKeyTypes,
    extensions: tuple[x509.ExtensionType, ...],
    expected: TrustState,
) -> None:
    pem = certified(public_key, *extensions)
    assert STORE.judge(pem, CODE, ISSUED).state is expected


@pytest.mark.parametrize(
    ("root", "extensions"),
    [(ROOT, ()), (ROOT, (LEAF, SIGNS)), (OTHER_ROOT, (AUTHORITY, SIGNS))],
    ids=["no extensions", "not an authority", "not signed by itself"],
)
def test_what_a_root_certificate_is_for(
    root: CertifiedKey, extensions: tuple[x509.ExtensionType, ...]
) -> None:
    pem = certified(root.private_key.public_key(), *extensions)
    claim = make_trust_entry(CertifiedKey(root.private_key, pem), "FICTIONAL", [CODE])
    with pytest.raises(BadTrustEntryError):
        parse_trust_entry(trust_entry_bytes(claim))


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
