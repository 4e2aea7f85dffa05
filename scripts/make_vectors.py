"""Write tests/vectors/extract: one file for each way an extract can be right or wrong.

Run as `python scripts/make_vectors.py DIR`. The same run gives the same bytes: keys and nonces
are fixed, which is why nothing but a vector may be sealed so.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from vector_archives import archive_vectors
from vector_base import trust_entry
from vector_manifests import manifest_vectors
from vector_seals import seal_vectors
from vector_tables import table_vectors
from vector_values import PASSPHRASE, Vector

from core.sealing.trust import trust_entry_bytes
from core.storage import make_folder, replace_file


def main() -> None:
    """Write every vector and the trust entry they are judged by."""
    folder = Path(sys.argv[1])
    make_folder(folder)
    with (
        patch("os.urandom", lambda length: bytes(range(length))),
        patch.object(X25519PrivateKey, "generate", _same_key),
    ):
        for vector in _vectors():
            replace_file(folder / f"{vector.name}.vec", _file(vector), private=False)
    trust = folder / "vectors.trust.json"
    replace_file(trust, trust_entry_bytes(trust_entry()), private=False)


def _same_key() -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(bytes(range(100, 132)))


def _vectors() -> Iterator[Vector]:
    yield from seal_vectors()
    yield from archive_vectors()
    yield from manifest_vectors()
    yield from table_vectors()


def _file(vector: Vector) -> bytes:
    lines = [
        f"expect: {vector.expect}",
        *([f"place: {vector.place}"] if vector.place else []),
        f"comment: {vector.comment}",
        vector.opener or f"passphrase: {PASSPHRASE}",
    ]
    return "\n".join(lines).encode() + b"\n\n" + vector.file


if __name__ == "__main__":
    main()
