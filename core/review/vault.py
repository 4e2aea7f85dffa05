"""The vault: a folder with the surgeon's keys, kept extracts and journal, all encrypted."""

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import msgspec

from core.errors import (
    NotFlushedError,
    ReadOnlyVaultError,
    VaultExistsError,
    WriteFailedError,
)
from core.review import findings as told
from core.review.events import Entry, Event, FindingTold
from core.review.findings import Finding
from core.review.journal import Journal, head_path, journal_path
from core.review.records import START, head_bytes
from core.review.resealing import finish_rotation
from core.review.vault_files import EXTRACTS, IDENTITY, RECOVERY, is_vault
from core.review.vault_keys import (
    VaultKeys,
    file_digest,
    make_keys,
    open_identity,
    open_keys,
    read_key_file,
    seal_keys,
)
from core.sealing.enrolment import enrolment_bytes
from core.sealing.identities import Signer
from core.sealing.recovery import make_recovery_secret, read_recovery_secret
from core.storage import (
    HeldLock,
    folder_flushed,
    hold_lock,
    make_folder,
    read_file,
    remove_file,
    replace_file,
)

LOCK = "vault.lock"
WORK_FACTOR = 18


@dataclass(frozen=True, slots=True, eq=False)
class Vault:
    """An unlocked vault; `findings` is what was told when it was unlocked.

    `held` is the right to write; without it the vault is open for reading only.
    """

    folder: Path
    keys: VaultKeys = field(repr=False)
    journal: Journal
    held: HeldLock | None
    findings: tuple[Finding, ...]

    @property
    def read_only(self) -> bool:
        """Whether another instance holds the vault, or its folder cannot be written to."""
        return self.held is None

    def append(self, event: Event, now: datetime) -> Entry:
        """Add `event` to the journal; it is on the disk when this returns."""
        return self.journal.append(event, now)

    def enrolment(self) -> bytes:
        """Return the enrolment file, to be sent to an audit."""
        keys = self.keys
        return enrolment_bytes(keys.name, keys.gmc, keys.opener.recipient, keys.signer)

    def lock(self) -> None:
        """Write the journal's head and let another instance write; keys go with this value."""
        try:
            self.journal.close()
        finally:
            if self.held is not None:
                self.held.release()


def create(
    folder: Path,
    name: str,
    gmc: str,
    passphrase: str,
    now: datetime,
    *,
    signer: Signer | None = None,
    work_factor: int = WORK_FACTOR,
) -> tuple[Vault, str]:
    """Make a vault in `folder`; return it with its recovery secret, to be printed and never saved.

    Raises VaultExistsError, EmptyPassphraseError, UsageError or WriteFailedError. The vault exists
    from the moment its `identity.age` does; where the drive fails to flush it, it is taken away.
    """
    make_folder(folder / EXTRACTS)
    held = _lock_to_create(folder)
    try:
        keys = make_keys(name, gmc, now, signer)
        replace_file(journal_path(folder, keys.journal), keys.journal.header)
        replace_file(head_path(folder, keys.journal), head_bytes(0, START, keys.journal))
        keys, secret = write_keys(folder, keys, passphrase, work_factor)
        _check_new(folder)
        return _opened(folder, keys, held, ()), secret
    except BaseException:
        held.release()
        raise


def unlock(folder: Path, passphrase: str, now: datetime) -> Vault:
    """Open the vault with its passphrase, for reading only where another instance holds it.

    Raises NoVaultError, VaultLockedOutError, NewerVaultError or DamagedVaultError.
    """
    keys = open_identity(folder, passphrase)
    recovery = folder / RECOVERY
    current = recovery.exists() and file_digest(read_file(recovery)) == keys.recovery_sha256
    return _unlocked(folder, keys, now, () if current else (told.recovery_out_of_date(),))


def unlock_with_recovery(folder: Path, secret: str, now: datetime) -> Vault:
    """Open the vault with the printed secret; BadRecoverySecretError where it cannot be one."""
    data = read_key_file(folder, RECOVERY)
    keys = open_keys(data, read_recovery_secret(secret))
    return _unlocked(folder, _with_recovery(keys, data), now, ())


def change_passphrase(vault: Vault, passphrase: str, *, work_factor: int = WORK_FACTOR) -> None:
    """Rewrap the same keys; older copies of the vault still open with the older passphrase."""
    check_writable(vault)
    replace_file(vault.folder / IDENTITY, seal_keys(vault.keys, passphrase, work_factor))


def new_recovery(
    vault: Vault, passphrase: str, *, work_factor: int = WORK_FACTOR
) -> tuple[Vault, str]:
    """Return the vault with a new recovery secret; the printed one no longer opens it."""
    check_writable(vault)
    open_identity(vault.folder, passphrase)
    keys, secret = write_keys(vault.folder, vault.keys, passphrase, work_factor)
    return replace(vault, keys=keys), secret


def write_keys(
    folder: Path, keys: VaultKeys, passphrase: str, work_factor: int
) -> tuple[VaultKeys, str]:
    """Write both key files; return the keys as written and the new recovery secret.

    The secret is returned where a flush failed too, since the earlier one may open nothing by then:
    who removes older copies asks `folder_flushed`.
    """
    secret = make_recovery_secret()
    recovery = seal_keys(keys, secret, work_factor)
    keys = _with_recovery(keys, recovery)
    for name, data in (
        (IDENTITY, seal_keys(keys, passphrase, work_factor)),
        (RECOVERY, recovery),
    ):
        with suppress(NotFlushedError):
            replace_file(folder / name, data)
    return keys, secret


def begin_journal(vault: Vault, now: datetime) -> None:
    """Begin a new journal where it is missing, on the surgeon's request; the loss is written down.

    One that is put back later as another file is compared as any copy is.
    """
    if vault.journal.missing:
        vault.journal.begin()
        finding = told.begun_anew()
        vault.append(FindingTold(kind=finding.kind.value, words=finding.words), now)


def check_writable(vault: Vault) -> None:
    """Raise ReadOnlyVaultError where the vault is open for reading only."""
    if vault.read_only:
        raise ReadOnlyVaultError("The vault is open for reading only.")


def _with_recovery(keys: VaultKeys, recovery: bytes) -> VaultKeys:
    return msgspec.structs.replace(keys, recovery_sha256=file_digest(recovery))


def _check_new(folder: Path) -> None:
    """Take a new vault's keys away where the drive failed to flush them; nothing else is in it."""
    try:
        folder_flushed(folder)
    except NotFlushedError:
        for name in (IDENTITY, RECOVERY):
            with suppress(WriteFailedError):
                remove_file(folder / name)
        raise


def _lock_to_create(folder: Path) -> HeldLock:
    if is_vault(folder):
        raise VaultExistsError("The folder already holds a vault.")
    held = hold_lock(folder / LOCK)
    if held is None:
        raise ReadOnlyVaultError("The folder cannot be written to, or is in use.")
    return held


def _unlocked(folder: Path, keys: VaultKeys, now: datetime, findings: tuple[Finding, ...]) -> Vault:
    held = hold_lock(folder / LOCK)
    try:
        if held is not None and not finish_rotation(folder, keys):
            findings = (told.earlier_keys_left(), *findings)
        vault = _opened(folder, keys, held, findings)
        _keep_what_was_told(vault, now)
    except BaseException:
        if held is not None:
            held.release()
        raise
    return vault


def reopened(vault: Vault, keys: VaultKeys, findings: tuple[Finding, ...]) -> Vault:
    """Return the vault, still held, under `keys`."""
    return _opened(vault.folder, keys, vault.held, findings)


def _opened(
    folder: Path, keys: VaultKeys, held: HeldLock | None, findings: tuple[Finding, ...]
) -> Vault:
    journal = Journal(folder, keys.journal, writable=held is not None)
    if held is None:
        findings = (told.read_only(), *findings)
    return Vault(folder, keys, journal, held, (*findings, *journal.findings))


def _keep_what_was_told(vault: Vault, now: datetime) -> None:
    """Write down what cannot be told again once the head is replaced."""
    if vault.read_only or vault.journal.missing:
        return
    with suppress(WriteFailedError):
        for finding in vault.journal.loss:
            vault.append(FindingTold(kind=finding.kind.value, words=finding.words), now)
