"""Rotate keys: everything in the vault is sealed anew, and a stop at any point loses nothing.

First every extract and link is sealed to the old and the new identity together and the journals
are copied under the new key; then the key files are replaced; then, once the drive holds all of
that, the old ways in are removed. The retired journal goes last, so that its presence at unlocking
says that this step is still to be done.
"""

from datetime import datetime

import msgspec

from core.errors import MissingJournalError
from core.review import findings as told
from core.review.events import FindingTold
from core.review.findings import FindingKind
from core.review.resealing import copy_journals, finish_rotation, reseal_kept
from core.review.vault import WORK_FACTOR, Vault, check_writable, reopened, write_keys
from core.review.vault_files import IDENTITY
from core.review.vault_keys import VaultKeys, make_keys, open_identity
from core.sealing.identities import Signer
from core.storage import read_file


def rotate(
    vault: Vault,
    passphrase: str,
    now: datetime,
    *,
    signer: Signer | None = None,
    work_factor: int = WORK_FACTOR,
) -> tuple[Vault, str]:
    """Give the vault a new identity, journal key, signing key and recovery secret.

    The older vault value must not be used again. Files that an audit sealed for an earlier
    identity still open; enrolment must be sent again. Where the drive does not confirm the new
    keys, the old ways in stay, and a finding says so. Raises VaultLockedOutError for a wrong
    passphrase, ReadOnlyVaultError, MissingJournalError or WriteFailedError.
    """
    check_writable(vault)
    if vault.journal.missing:
        raise MissingJournalError("The journal is absent.")
    open_identity(vault.folder, passphrase)
    _keep_what_was_told(vault, now)
    old, new = vault.keys, _successor(vault.keys, now, signer)
    both = [old.opener.recipient, new.opener.recipient]
    unreadable = reseal_kept(vault.folder, old.opener, both)
    copy_journals(vault.folder, old.journal, new.journal)
    before = read_file(vault.folder / IDENTITY)
    try:
        new, secret = write_keys(vault.folder, new, passphrase, work_factor)
    finally:
        if read_file(vault.folder / IDENTITY) != before:
            vault.journal.retire()
    findings = (told.unreadable_extract(unreadable),) if unreadable else ()
    if not finish_rotation(vault.folder, new):
        findings = (told.earlier_keys_left(), *findings)
    return reopened(vault, new, findings), secret


def _successor(old: VaultKeys, now: datetime, signer: Signer | None) -> VaultKeys:
    return msgspec.structs.replace(
        make_keys(old.name, old.gmc, now, signer),
        former=(old.identity, *old.former),
        retired=(*old.retired, old.journal.id.hex()),
    )


def _keep_what_was_told(vault: Vault, now: datetime) -> None:
    """Damage cannot be seen in a journal that is written anew."""
    for finding in vault.journal.findings:
        if finding.kind == FindingKind.DAMAGED and finding not in vault.journal.loss:
            vault.append(FindingTold(kind=finding.kind.value, words=finding.words), now)
