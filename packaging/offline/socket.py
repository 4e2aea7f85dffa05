"""Stands in the bundle for the standard library's socket: names to import, and no way out.

matplotlib, asn1crypto, email and multiprocessing import socket and use none of it here.
"""

from ipaddress import ip_address

AF_INET = 2
AF_INET6 = 10
SOCK_STREAM = 1
error = OSError
timeout = TimeoutError


class gaierror(OSError):
    """No host is looked up."""


class socket:
    """A socket that cannot be made."""

    def __init__(self, *_: object, **__: object) -> None:
        raise OSError("Plumbline never uses a network")


def inet_ntop(family: int, packed: bytes) -> str:
    """Return the text of an address in a certificate."""
    return str(ip_address(packed))


def inet_pton(family: int, text: str) -> bytes:
    """Return the bytes of an address in a certificate."""
    return ip_address(text).packed


def gethostname() -> str:
    """Raise OSError: this computer's name is not asked for."""
    raise OSError("Plumbline never uses a network")


getfqdn = gethostname
