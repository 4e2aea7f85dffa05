"""What a vault's key file holds: the identity, the signing key and the journal's key."""

from datetime import datetime
from hashlib import sha256
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from core.errors import (
    DamagedVaultError,
    NewerVaultError,
    NoVaultError,
    PlumblineError,
    VaultLockedOutError,
    WrongKeyError,
)
from core.review.records import JournalKey
from core.review.vault_files import IDENTITY
from core.sealing.age import Passphrase, X25519Identity, decrypt, encrypt
from core.sealing.identities import Signer, make_signer
from core.storage import read_file

FAMILY = "plumbline-vault/"
VERSION = 1


class VaultKeys(msgspec.Struct, frozen=True, kw_only=True):
    """The content of `identity.age` and of `recovery.age`.

    `former` are earlier identities, for files that audits still seal to them; `retired` are ids of
    journals whose content has been copied under a newer key.
    `recovery_sha256` is of the `recovery.age` last written; the one in `recovery.age` is empty.
    """

    format: str = f"{FAMILY}{VERSION}"
    name: str
    gmc: str
    identity: str
    signing_key: str
    certificate: str
    journal: JournalKey
    former: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    recovery_sha256: str = ""

    def __repr__(self) -> str:
        return "VaultKeys()"

    @property
    def opener(self) -> X25519Identity:
        """The identity that opens every kept extract."""
        return X25519Identity.parse(self.identity)

    @property
    def openers(self) -> tuple[X25519Identity, ...]:
        """The identities that open what audits sent: this one, then the former ones."""
        return tuple(map(X25519Identity.parse, (self.identity, *self.former)))

    @property
    def signer(self) -> Signer:
        """The key that signs exports and the enrolment file."""
        key = load_pem_private_key(self.signing_key.encode(), None)
        if not isinstance(key, EllipticCurvePrivateKey):
            raise DamagedVaultError("The vault's signing key is of the wrong kind.")
        return Signer(key, self.certificate.encode())


def make_keys(name: str, gmc: str, now: datetime, signer: Signer | None = None) -> VaultKeys:
    """Return new random keys for a surgeon, with their own signing key where they have one."""
    signer = signer or make_signer(name, gmc, now)
    return VaultKeys(
        name=name,
        gmc=gmc,
        identity=X25519Identity.generate().text,
        signing_key=_pem(signer),
        certificate=signer.certificate_pem.decode(),
        journal=JournalKey.generate(),
    )


def seal_keys(keys: VaultKeys, secret: str, work_factor: int) -> bytes:
    """Return the keys as an age file under the passphrase or recovery secret `secret`."""
    return encrypt(msgspec.json.encode(keys), [Passphrase(secret)], work_factor=work_factor)


def open_keys(data: bytes, secret: str) -> VaultKeys:
    """Return the keys in `data`.

    Raises VaultLockedOutError for a wrong secret, NewerVaultError for a format of a later version
    and DamagedVaultError for anything else.
    """
    try:
        text = decrypt(data, [Passphrase(secret)])
    except WrongKeyError:
        raise VaultLockedOutError("That does not open the vault.") from None
    except PlumblineError as error:
        raise DamagedVaultError("The vault's key file is damaged.") from error
    return _read(text)


def open_identity(folder: Path, passphrase: str) -> VaultKeys:
    """Return the keys of the vault in `folder`; NoVaultError where its key file is absent."""
    return open_keys(read_key_file(folder, IDENTITY), passphrase)


def read_key_file(folder: Path, name: str) -> bytes:
    """Return the bytes of `identity.age` or `recovery.age`; NoVaultError where it is absent."""
    if not (folder / name).exists():
        raise NoVaultError(f"The folder holds no {name}.")
    return read_file(folder / name)


def file_digest(data: bytes) -> str:
    """Return the SHA-256 by which the keys know their recovery file."""
    return sha256(data).hexdigest()


class _Format(msgspec.Struct):
    format: str


def _read(text: bytes) -> VaultKeys:
    try:
        found = msgspec.json.decode(text, type=_Format).format
        number = int(found.removeprefix(FAMILY)) if found.startswith(FAMILY) else 0
        if number == VERSION:
            return msgspec.json.decode(text, type=VaultKeys)
    except (msgspec.DecodeError, ValueError):
        number = 0
    if number > VERSION:
        raise NewerVaultError("The vault was written by a newer version.")
    raise DamagedVaultError("The vault's key file is not of the agreed shape.")


def _pem(signer: Signer) -> str:
    key = signer.private_key
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
