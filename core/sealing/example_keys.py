"""The example's keys: made from a published phrase, so anyone has them and they vouch for nothing.

Every byte is the same on every run. Whatever they sign is judged `example`, never `verified`.
"""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from core.sealing.signatures import CertifiedKey, make_issuer, make_root
from core.sealing.trust_entry import TrustEntry, TrustKind, make_trust_entry

_PHRASE = "Plumbline example: this key is public and vouches for nothing"
_VALID_FROM = datetime(2020, 1, 1, tzinfo=UTC)
_LIFETIME = timedelta(days=36525)


def example_root() -> CertifiedKey:
    """Return the root of the example."""
    name = "FICTIONAL example audit root"
    return make_root(
        name, _VALID_FROM, lifetime=_LIFETIME, private_key=_private_key("root"), serial=1
    )


def example_issuer() -> CertifiedKey:
    """Return the issuing key of the example, under its root."""
    return make_issuer(
        example_root(),
        "FICTIONAL example audit",
        _VALID_FROM,
        lifetime=_LIFETIME,
        private_key=_private_key("issuer"),
        serial=2,
    )


def example_trust_entry() -> TrustEntry:
    """Return the shipped `resources/issuers/example.trust.json`, bound to no audit."""
    name = "FICTIONAL example audit (key is public)"
    return make_trust_entry(example_root(), name, (), TrustKind.EXAMPLE)


def _private_key(role: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(sha256(f"{_PHRASE} ({role})".encode()).digest())
