"""The public age test vectors (C2SP CCTV), each against the error its outcome stands for."""

import hashlib
import os
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from core.errors import (
    DamagedSealError,
    ExcessiveWorkFactorError,
    NotSealedError,
    PlumblineError,
    UnsupportedSealError,
    WrongKeyError,
)
from core.sealing.age import Opener, Passphrase, X25519Identity, decrypt

VARIABLE = "PLUMBLINE_AGE_VECTORS"
BESIDE = Path(__file__).resolve().parents[3] / "shared" / "age_vectors"
FOLDER = Path(os.environ.get(VARIABLE, "") or BESIDE)
NAMES = sorted(
    path.name
    for path in (FOLDER.iterdir() if FOLDER.is_dir() else ())
    if path.is_file() and path.read_bytes().startswith(b"expect: ")
)

HEADER = "The file's header is damaged."
OUTCOMES: dict[str, list[tuple[type[PlumblineError], str]]] = {
    "armor failure": [
        (DamagedSealError, "The file's text armour is damaged."),
        (NotSealedError, "This is not a sealed file."),
    ],
    "header failure": [
        (DamagedSealError, HEADER),
        (ExcessiveWorkFactorError, "Opening this file would take too much memory and time."),
        (NotSealedError, "This is not a sealed file."),
        (UnsupportedSealError, "The file is sealed in a version that Plumbline does not know."),
    ],
    "HMAC failure": [(DamagedSealError, "The file's header was altered after it was sealed.")],
    "payload failure": [(DamagedSealError, "The file's content is incomplete or was altered.")],
    "no match": [
        (WrongKeyError, "The password or key does not open this file."),
        (UnsupportedSealError, "The file is sealed for a kind of key that cannot be used here."),
    ],
}
UNSUPPORTED = OUTCOMES["no match"][1]


def read_vector(data: bytes) -> tuple[dict[str, str], list[Opener], bytes]:
    head, _, body = data.partition(b"\n\n")
    pairs = [line.split(": ", 1) for line in head.decode().split("\n")]
    openers: list[Opener] = [Passphrase(text) for key, text in pairs if key == "passphrase"]
    openers += [
        X25519Identity.parse(text)
        for key, text in pairs
        if key == "identity" and not text.startswith("AGE-SECRET-KEY-PQ-1")
    ]
    fields = dict(pairs)
    return fields, openers, zlib.decompress(body) if fields.get("compressed") == "zlib" else body


def outcome(body: bytes, openers: list[Opener]) -> tuple[type[PlumblineError], str] | str:
    try:
        return hashlib.sha256(decrypt(body, openers)).hexdigest()
    except PlumblineError as error:
        return type(error), error.message


def test_the_vectors_are_there(shared_path: Callable[..., Path]) -> None:
    assert shared_path("age_vectors", VARIABLE) == FOLDER
    assert NAMES


@pytest.mark.parametrize("name", NAMES)
def test_vector(name: str) -> None:
    fields, openers, body = read_vector((FOLDER / name).read_bytes())
    found = outcome(body, openers)
    if fields["expect"] == "success" and not name.startswith("hybrid"):
        assert found == fields["payload"]
    elif name.startswith("hybrid"):
        assert found in (UNSUPPORTED, (DamagedSealError, HEADER))
    else:
        assert found in OUTCOMES[fields["expect"]]
