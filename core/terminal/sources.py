"""From command-line words to an opened review: the file, its secrets and the trusted issuers."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from core.errors import UsageError
from core.flow import Review, open_review
from core.sealing.age import Opener, Passphrase, Recipient, X25519Identity
from core.sealing.identities import load_identities
from core.sealing.trust import TrustEntry, TrustStore, parse_trust_entry, shipped_entries
from core.sealing.trust_entry import TRUST_SUFFIX
from core.storage import read_file
from core.terminal.console import SECRET_LIMIT, secret, show_progress

SEALED = (b"age-encryption.org/", b"-----BEGIN AGE ENCRYPTED FILE")
EXTRACT = "The extract"
IDENTITY = "The identity file"
TRUSTED = "A trusted issuer's file"


def add_opening(parser: argparse.ArgumentParser, *, several: bool = False) -> None:
    """Add the words that name a sealed file, or several, and what opens them."""
    if several:
        parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help="sealed extracts")
    else:
        parser.add_argument("file", type=Path, metavar="FILE", help="the sealed extract")
    parser.add_argument(
        "--passphrase-file", type=Path, metavar="F", help="its password, on the first line of F"
    )
    parser.add_argument("--identity", type=Path, metavar="F", help="an age identity file")
    parser.add_argument(
        "--identity-passphrase-file", type=Path, metavar="F", help="what opens the identity"
    )
    add_trust(parser)


def add_trust(parser: argparse.ArgumentParser) -> None:
    """Add the word that names a folder of further trusted issuers."""
    parser.add_argument("--trust", type=Path, metavar="DIR", help="further trusted issuers")


def review_from(arguments: argparse.Namespace) -> Review:
    """Return the review of the file the arguments name."""
    return _opened(arguments, (arguments.file,))[0]


def reviews_from(arguments: argparse.Namespace) -> tuple[Review, ...]:
    """Return the reviews of the files the arguments name, in their order."""
    return _opened(arguments, arguments.files)


def _opened(arguments: argparse.Namespace, paths: Sequence[Path]) -> tuple[Review, ...]:
    secrets, trust = openers(arguments), trust_store(arguments.trust)
    return tuple(
        open_review(read_file(path, called=EXTRACT), secrets, trust, show_progress)
        for path in paths
    )


def refuse_inputs(arguments: argparse.Namespace, out: Path, *further: Path | None) -> None:
    """Raise UsageError where `out` is a file that the arguments say to read, or a further one."""
    refuse_replacing(
        out,
        *(arguments.files if "files" in arguments else (arguments.file,)),
        *further,
        arguments.passphrase_file,
        arguments.identity,
        arguments.identity_passphrase_file,
    )


def refuse_replacing(out: Path, *read: Path | None) -> None:
    """Raise UsageError where `out` is one of the files that are `read`, by whatever path."""
    if any(path is not None and _same(path, out) for path in read):
        raise UsageError("The output would replace a file it is made from.", "Name another file.")


def openers(arguments: argparse.Namespace, prompt: str = "Password for this file") -> list[Opener]:
    """Return what may open the file: the identities of a file, or one passphrase."""
    if arguments.identity is None:
        return [Passphrase(secret(arguments.passphrase_file, prompt))]
    data = read_file(arguments.identity, SECRET_LIMIT, IDENTITY)
    path = arguments.identity_passphrase_file
    passphrase = (
        secret(path, "Passphrase of the identity") if path or data.startswith(SEALED) else None
    )
    return list(load_identities(data, passphrase))


def recipient_of(opener: Opener) -> Recipient:
    """Return for whom a file is sealed that this opens."""
    return opener.recipient if isinstance(opener, X25519Identity) else opener


def trust_store(folder: Path | None) -> TrustStore:
    """Return the shipped issuers and those in `folder`."""
    return TrustStore((*shipped_entries(), *(entry for _, entry in entries_in(folder))))


def entries_in(folder: Path | None) -> Iterator[tuple[Path, TrustEntry]]:
    """Yield (path, trust entry) for each trust file in `folder`."""
    if folder is None:
        return
    if not _is_folder(folder):
        raise UsageError("The folder of trusted issuers does not exist.", "Check --trust.")
    for path in sorted(folder.glob(f"*{TRUST_SUFFIX}")):
        yield path, parse_trust_entry(read_file(path, SECRET_LIMIT, TRUSTED))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _same(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:
        return False
