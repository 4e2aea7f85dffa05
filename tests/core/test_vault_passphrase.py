"""The hint beside a new passphrase."""

import pytest

from core.review.passphrase import passphrase_hint


@pytest.mark.parametrize(
    ("passphrase", "word"),
    [
        ("short", "Short"),
        ("", "Short"),
        ("fictional and long enough it is", "your name"),
        ("my number 9 000 001 in here", "your name"),
        ("aaaaaaaaaaaaaaaaaaaaaaaa", "pattern"),
        ("abcdefghijklmnopqrstuvwxyz", "pattern"),
        ("Password-Password-Password", "pattern"),
        ("seven grey otter", "middling"),
        ("otter gravel trombone lichen", "Long"),
    ],
)
def test_the_hint_names_weakness_and_never_promises_strength(passphrase: str, word: str) -> None:
    words = passphrase_hint(passphrase, ("FICTIONAL Surgeon", "9000001"))
    assert word in words
    assert "strong" not in words.lower()
    assert passphrase == "" or passphrase not in words
