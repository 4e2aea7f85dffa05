"""An honest word on a passphrase: what plainly makes it weak, and what no program can tell."""

import re
from collections.abc import Iterable

SHORT, LONG = 12, 20

_RUNS = ("abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "01234567890")
_COMMON = ("password", "passphrase", "letmein", "welcome", "surgeon", "plumbline")
_ADVICE = "Four or more unrelated words, drawn at random, are hard to find by trying."


def passphrase_hint(passphrase: str, own_words: Iterable[str] = ()) -> str:
    """Return one or two sentences on `passphrase`; `own_words` are the surgeon's name and number.

    Weakness can be shown, strength cannot: a long passphrase is called long, never strong.
    """
    plain = re.sub(r"[^a-z0-9]", "", passphrase.lower())
    own = [part.lower() for text in own_words for part in text.split() if len(part) > 2]
    if len(passphrase) < SHORT:
        return f"Short: whoever has the vault's files could find it by trying. {_ADVICE}"
    if any(part in plain for part in own):
        return f"It holds your name or number, which are tried first. {_ADVICE}"
    if len(set(plain)) < 6 or any(word in plain for word in _COMMON) or _is_run(plain):
        return f"It follows a pattern that is tried early. {_ADVICE}"
    if len(passphrase) < LONG:
        return f"Of middling length. {_ADVICE}"
    return "Long. How hard it is to guess depends on how it was chosen, which no program can tell."


def _is_run(plain: str) -> bool:
    """Say whether a quarter or more of the text runs along the alphabet or the keyboard."""
    size = max(5, len(plain) // 4)
    pieces = {plain[n : n + size] for n in range(len(plain) - size + 1)}
    return any(piece in run or piece in run[::-1] for piece in pieces for run in _RUNS)
