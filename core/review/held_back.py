"""What could not be written before a lock, sealed for the vault alone until it can be."""

from datetime import datetime

from core.errors import PlumblineError
from core.review.events import Entry, Event, entry_bytes, new_id, read_entry
from core.review.vault_keys import VaultKeys
from core.sealing.age import decrypt, encrypt


def hold_back(event: Event, keys: VaultKeys, now: datetime) -> bytes:
    """Return the event sealed to the vault's identity, so that it outlives the keys in memory."""
    entry = Entry(new_id(), now, event)
    return encrypt(entry_bytes(entry), [keys.opener.recipient])


def read_held_back(sealed: bytes, keys: VaultKeys) -> Event | None:
    """Return the event; None where it was sealed for another vault."""
    try:
        entry = read_entry(decrypt(sealed, list(keys.openers)))
    except PlumblineError:
        return None
    return entry.event if entry else None
