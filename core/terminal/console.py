"""What the terminal reads and writes: secrets from files or a prompt, JSON, progress, tables."""

import getpass
import json
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from core.errors import ReadFailedError, UsageError, WriteFailedError
from core.storage import read_file

SECRET_LIMIT = 64 * 1024
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Signs that steer a terminal, turn the direction of writing, or begin another line."""


def say(text: str = "") -> None:
    """Print one line of the answer, as `on_one_line`; WriteFailedError where it finds no room."""
    with _told():
        print(on_one_line(text))  # noqa: T201


def on_one_line(text: str) -> str:
    """Return `text` with a replacement character for each sign that is not to be seen.

    So words of a document that somebody sent can neither steer the terminal nor begin a line that
    looks like one of ours.
    """
    return text.translate({ord(sign): "\N{REPLACEMENT CHARACTER}" for sign in _unseen(text)})


def finish() -> None:
    """Send the whole answer on its way; WriteFailedError where it finds no room."""
    with _told():
        sys.stdout.flush()


def tell(text: str) -> None:
    """Print a message beside the answer, as `on_one_line`."""
    print(on_one_line(text), file=sys.stderr)  # noqa: T201


def say_json(value: Any) -> None:
    """Print one JSON object, unseen signs escaped; NaN and infinity are bugs and are refused."""
    written = json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)
    with _told():
        unseen = _unseen(written) - {"\n", "\x7f"}
        escaped = {ord(sign): json.dumps(sign)[1:-1] for sign in unseen}
        print(written.translate(escaped))  # noqa: T201


def show_progress(done: int, total: int, label: str) -> None:
    """Tell a step on a terminal; stay silent where nobody watches."""
    if sys.stderr.isatty():
        tell(f"[{done}/{total}] {label}")


def secret(path: Path | None, prompt: str) -> str:
    """Return the first line of `path` without its end, or ask for it."""
    if path is not None:
        called = f"The file with the {prompt[0].lower()}{prompt[1:]}"
        return _first_line(read_file(path, SECRET_LIMIT, called))
    if not sys.stdin.isatty():
        raise UsageError(f"{prompt} is needed.", "Give it in a file; see `plumb VERB --help`.")
    try:
        return getpass.getpass(f"{prompt}: ")
    except EOFError:
        raise UsageError(f"{prompt} is needed.", "Type it, or give it in a file.") from None


def say_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows in columns as wide as their longest cell."""
    lines = [headings, *rows]
    widths = [max(len(line[index]) for line in lines) for index in range(len(headings))]
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        say("  ".join(cells).rstrip())


def _unseen(text: str) -> set[str]:
    return {sign for sign in set(text) - {"\t"} if unicodedata.category(sign) in _UNSEEN}


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError:
        raise WriteFailedError("The answer could not be written.") from None


def _first_line(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig").split("\n", 1)[0].removesuffix("\r")
    except UnicodeDecodeError:
        raise ReadFailedError("The passphrase file is not text in UTF-8.") from None
