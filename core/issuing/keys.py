"""Key files: those an audit office issues with, and those a surgeon opens and signs with."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from core.errors import BadIdentityError, ReadFailedError, WriteFailedError
from core.sealing.age import X25519Identity
from core.sealing.enrolment import enrolment_bytes
from core.sealing.identities import identity_file, make_signer, signer_p12
from core.sealing.signatures import (
    CertifiedKey,
    fingerprint,
    load_private_key,
    make_issuer,
    make_root,
    private_key_pem,
    read_certificate,
)
from core.sealing.trust import TrustEntry, make_trust_entry, trust_entry_bytes
from core.storage import make_folder, read_file, replace_file

_ENCRYPTED = b"ENCRYPTED"
KEY_LIMIT = 1024 * 1024


def write_issuer_keys(
    folder: Path, name: str, codes: Sequence[str], passphrase: str | None
) -> TrustEntry:
    """Make an audit's root and issuing key; write them into `folder` and return the trust entry.

    `root.key` (to be kept offline) and `issuer.key` are PKCS #8 in PEM, encrypted where a
    passphrase is given, each with its certificate (`.pem`) beside it; `audit.trust.json` is what
    surgeons add.
    """
    now = datetime.now(UTC).replace(microsecond=0)
    root = make_root(f"{name} root", now)
    issuer = make_issuer(root, name, now)
    entry = make_trust_entry(root, name, codes)
    files = {**key_files("root", root, passphrase), **key_files("issuer", issuer, passphrase)}
    _write_keys(folder, files | {"audit.trust.json": trust_entry_bytes(entry)})
    return entry


def write_surgeon_keys(folder: Path, name: str, gmc: str, passphrase: str) -> str:
    """Make a surgeon's keys, write them into `folder` and return the enrolment's fingerprint.

    `identity.age` and `signer.p12` open with `passphrase`; `enrolment.json` goes to the audit.
    """
    identity = X25519Identity.generate()
    signer = make_signer(name, gmc, datetime.now(UTC).replace(microsecond=0))
    _write_keys(
        folder,
        {
            "identity.age": identity_file(identity, passphrase),
            "signer.p12": signer_p12(signer, passphrase),
            "enrolment.json": enrolment_bytes(name, gmc, identity.recipient, signer),
        },
    )
    return fingerprint(signer.certificate_pem)


def key_files(stem: str, key: CertifiedKey, passphrase: str | None) -> dict[str, bytes]:
    """Return `stem.key` and, beside it, its certificate `stem.pem`."""
    return {
        f"{stem}.key": private_key_pem(key.private_key, passphrase),
        f"{stem}.pem": key.certificate_pem,
    }


def read_issuer(
    key: Path, certificate: Path | None, ask_passphrase: Callable[[], str]
) -> CertifiedKey:
    """Read an issuing key and its certificate (by default the `.pem` beside the key).

    The passphrase is asked for only where the key is encrypted. Raises BadIdentityError.
    """
    pem = read_file(key, KEY_LIMIT, "The issuing key")
    passphrase = ask_passphrase() if _ENCRYPTED in pem else None
    certificate_pem = _read_certificate(certificate or key.with_suffix(".pem"))
    found = CertifiedKey(load_private_key(pem, passphrase), certificate_pem)
    if read_certificate(certificate_pem).public_key() != found.private_key.public_key():
        raise BadIdentityError("The certificate is not for this issuing key.")
    return found


def _read_certificate(path: Path) -> bytes:
    try:
        return read_file(path, KEY_LIMIT)
    except ReadFailedError:
        raise BadIdentityError(
            "The issuing key's certificate could not be read.",
            "Put it beside the key as a .pem file of the same name, or name it with --certificate.",
        ) from None


def _write_keys(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write new keys; WriteFailedError where one would replace a key, which nothing brings back."""
    if held(folder, files):
        raise WriteFailedError("The folder holds keys already.", "Choose another folder.")
    write_files(folder, files)


def held(folder: Path, files: Iterable[str]) -> tuple[str, ...]:
    """Return which of `files` stand below `folder` already."""
    return tuple(name for name in files if os.path.lexists(folder.joinpath(*name.split("/"))))


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write each of `files`, by its path below `folder` with forward slashes."""
    for name, data in files.items():
        path = folder.joinpath(*name.split("/"))
        make_folder(path.parent)
        replace_file(path, data)
