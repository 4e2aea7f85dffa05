"""Trust: which issuing certificates count, for which audits, and until when."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding

from core.assets import asset
from core.errors import BadTrustEntryError, RevocationOrderError
from core.sealing.example_keys import example_issuer, example_root, example_trust_entry
from core.sealing.revocations import make_revocations, revocations_bytes
from core.sealing.signatures import (
    CertifiedKey,
    fingerprint,
    make_issuer,
    make_root,
    read_certificate,
)
from core.sealing.trust import (
    TrustState,
    TrustStore,
    make_trust_entry,
    parse_trust_entry,
    shipped_entries,
    trust_entry_bytes,
    with_revocations,
)
from tests.core.made_trust import (
    CODE,
    ENTRY,
    ISSUED,
    ISSUER,
    OTHER_ENTRY,
    OTHER_ROOT,
    ROOT,
    SERIAL,
    START,
    STORE,
    revoking,
)


def state(store: TrustStore, key: CertifiedKey, code: str = CODE) -> TrustState:
    return store.judge(key.certificate_pem, code, ISSUED).state


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
