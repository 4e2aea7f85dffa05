"""The recovery secret: random, printed once, never saved; it opens the second wrapping."""

import secrets

from core.errors import BadRecoverySecretError

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOK_ALIKE = str.maketrans("OIL", "011")
_LENGTH = 32
_GROUP = 4


def make_recovery_secret() -> str:
    """Return 160 random bits in Crockford's base 32: eight groups of four letters."""
    return _grouped("".join(secrets.choice(_LETTERS) for _ in range(_LENGTH)))


def read_recovery_secret(text: str) -> str:
    """Return the secret as it was printed, from what a person typed.

    Case, spaces, hyphens and the look-alikes O, I and L do not matter. Raises
    BadRecoverySecretError where it cannot be one.
    """
    letters = "".join(text.replace("-", "").split()).upper().translate(_LOOK_ALIKE)
    if len(letters) != _LENGTH or not set(letters) <= set(_LETTERS):
        raise BadRecoverySecretError("The recovery secret is not complete.")
    return _grouped(letters)


def _grouped(letters: str) -> str:
    return "-".join(letters[i : i + _GROUP] for i in range(0, len(letters), _GROUP))
