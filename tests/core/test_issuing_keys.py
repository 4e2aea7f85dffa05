"""Key files an audit office and a surgeon are given, and how they are read."""

from collections.abc import Callable
from pathlib import Path

import pytest

from core.errors import (
    BadIdentityError,
)
from core.issuing.keys import read_issuer, write_issuer_keys, write_surgeon_keys
from core.sealing.age import X25519Recipient
from core.sealing.enrolment import read_enrolment
from core.sealing.identities import load_identities, load_signer

PASSPHRASE = "no one else knows"


def asked_for_nothing() -> str:
    raise AssertionError("a plain key needs no passphrase")


def test_a_plain_issuing_key_asks_for_no_passphrase(tmp_path: Path) -> None:
    write_issuer_keys(tmp_path, "T", ["TEST"], None)
    read_issuer(tmp_path / "issuer.key", None, asked_for_nothing)


@pytest.mark.parametrize(
    ("certificate", "ask"), [("root.pem", lambda: PASSPHRASE), ("issuer.pem", lambda: "wrong")]
)
def test_a_wrong_certificate_or_passphrase_is_refused(
    tmp_path: Path, certificate: str, ask: Callable[[], str]
) -> None:
    write_issuer_keys(tmp_path, "T", ["TEST"], PASSPHRASE)
    with pytest.raises(BadIdentityError):
        read_issuer(tmp_path / "issuer.key", tmp_path / certificate, ask)


def test_surgeon_keys_open_and_enrol(tmp_path: Path) -> None:
    digest = write_surgeon_keys(tmp_path, "One", "G1", PASSPHRASE)
    (identity,) = load_identities((tmp_path / "identity.age").read_bytes(), PASSPHRASE)
    enrolment = read_enrolment((tmp_path / "enrolment.json").read_bytes())
    signer = load_signer((tmp_path / "signer.p12").read_bytes(), PASSPHRASE)
    assert X25519Recipient.parse(enrolment.recipient) == identity.recipient
    assert (enrolment.name, enrolment.gmc) == ("One", "G1")
    assert enrolment.signing_key_sha256 == digest
    assert signer.certificate_pem == enrolment.certificate_pem


def test_a_key_without_its_certificate_says_what_is_missing(tmp_path: Path) -> None:
    write_issuer_keys(tmp_path, "T", ["TEST"], None)
    (tmp_path / "issuer.pem").unlink()
    with pytest.raises(BadIdentityError, match="certificate could not be read"):
        read_issuer(tmp_path / "issuer.key", None, asked_for_nothing)
