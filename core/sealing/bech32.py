"""Bech32 text (BIP 173) without its 90-character limit, as age writes recipients and identities."""

from collections.abc import Iterable, Iterator

_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECKSUM_LENGTH = 6


def bech32_encode(prefix: str, data: bytes) -> str:
    """Return the lower-case Bech32 text of `data` under the lower-case `prefix`."""
    words = list(_regroup(data, 8, 5))
    remainder = _polymod([*_expand(prefix), *words, *[0] * _CHECKSUM_LENGTH]) ^ 1
    checksum = [remainder >> 5 * (_CHECKSUM_LENGTH - 1 - i) & 31 for i in range(_CHECKSUM_LENGTH)]
    return f"{prefix}1{''.join(_ALPHABET[word] for word in [*words, *checksum])}"


def bech32_decode(text: str) -> tuple[str, bytes]:
    """Return the prefix, in lower case, and the data of `text`; ValueError where it is not one."""
    if not text.isascii() or text not in {text.lower(), text.upper()}:
        raise ValueError("not of one case")
    prefix, _, body = text.lower().rpartition("1")
    words = [_ALPHABET.index(letter) for letter in body]
    if not prefix or len(words) < _CHECKSUM_LENGTH or _polymod([*_expand(prefix), *words]) != 1:
        raise ValueError("wrong checksum")
    return prefix, _join(words[:-_CHECKSUM_LENGTH])


def _join(words: list[int]) -> bytes:
    data = bytes(_regroup(words, 5, 8))[: len(words) * 5 // 8]
    if list(_regroup(data, 8, 5)) != words:
        raise ValueError("padding is not canonical")
    return data


def _regroup(values: Iterable[int], width: int, new_width: int) -> Iterator[int]:
    held = bits = 0
    for value in values:
        held = (held << width | value) & 0xFFFF
        bits += width
        while bits >= new_width:
            bits -= new_width
            yield held >> bits & ((1 << new_width) - 1)
    if bits:
        yield held << (new_width - bits) & ((1 << new_width) - 1)


def _expand(prefix: str) -> list[int]:
    codes = [ord(letter) for letter in prefix]
    return [*(code >> 5 for code in codes), 0, *(code & 31 for code in codes)]


def _polymod(values: Iterable[int]) -> int:
    checksum = 1
    for value in values:
        top = checksum >> 25
        checksum = (checksum & 0x1FFFFFF) << 5 ^ value
        for i, generator in enumerate(_GENERATOR):
            if top >> i & 1:
                checksum ^= generator
    return checksum
