"""How near a label is to what was typed: the beginning of a word first, letters in order last."""

BEGINS, WORD_BEGINS, INSIDE, LETTERS = 0, 1, 3, 6


def distance(typed: str, label: str) -> int | None:
    """Return how far `label` is from `typed`, 0 the nearest; None where a word is not in it."""
    text = label.casefold()
    parts = [_word(word, text) for word in typed.casefold().split()]
    found = [part for part in parts if part is not None]
    return sum(found) if len(found) == len(parts) else None


def _word(word: str, text: str) -> int | None:
    if text.startswith(word):
        return BEGINS
    if f" {word}" in text:
        return WORD_BEGINS
    if word in text:
        return INSIDE
    gaps = _gaps(word, text)
    return None if gaps is None else LETTERS + gaps


def _gaps(word: str, text: str) -> int | None:
    """Return how many letters stand between those of `word`, the first beginning a word."""
    starts = [at for at in range(len(text)) if at == 0 or text[at - 1] == " "]
    found = [_from(word, text, start) for start in starts if text[start] == word[0]]
    return min((gaps for gaps in found if gaps is not None), default=None)


def _from(word: str, text: str, start: int) -> int | None:
    at = start
    for letter in word[1:]:
        at = text.find(letter, at + 1)
        if at < 0:
            return None
    return at - start + 1 - len(word)
