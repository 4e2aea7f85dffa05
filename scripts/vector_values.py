"""One extract vector, and the usual way of sealing it."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.extract.archive import pack
from core.sealing import age

PASSPHRASE = "FICTIONAL passphrase"  # noqa: S105 it is public
_QUICK = 4


@dataclass(frozen=True, slots=True)
class Vector:
    """A file, what opening it must come to (a state or an error's code), and what it shows.

    `place` is where an error must say the fault is; `opener` a header line other than the usual
    passphrase.
    """

    name: str
    expect: str
    comment: str
    file: bytes
    place: str = ""
    opener: str = ""


def sealed(archive: bytes) -> bytes:
    """Return `archive` sealed with the vectors' passphrase."""
    return age.encrypt(archive, [age.Passphrase(PASSPHRASE)], work_factor=_QUICK)


def packed(members: Mapping[str, bytes]) -> bytes:
    """Return a sealed archive of `members`."""
    return sealed(pack(members))
