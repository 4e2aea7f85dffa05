"""The process that verifies documents for another, within limits it sets itself, until it ends."""

import os
from contextlib import suppress

CHILD = "--verify-child"
"""The hidden word with which the frozen program becomes this process."""
LARGEST_MESSAGE = 512 * 1024 * 1024
_LENGTH = 8
_AT_ONCE = 1 << 20
_INPUT, _OUTPUT, _ERRORS = 0, 1, 2


def main() -> None:
    """Answer requests from standard input on standard output until there are no more."""
    import msgspec

    from core.report.verifying.own_limits import limit_memory, limit_next_seconds
    from core.report.verifying.requests import Begin, Request
    from core.report.verifying.verify import verify
    from core.sealing.trust import TrustStore, parse_trust_entry

    answers = os.dup(_OUTPUT)
    os.dup2(_ERRORS, _OUTPUT)
    with suppress(EOFError, OSError):
        begin = msgspec.msgpack.decode(receive(_INPUT), type=Begin)
        trust = TrustStore(tuple(parse_trust_entry(entry) for entry in begin.trust))
        limit_memory(begin.limits.memory)
        while True:
            asked = msgspec.msgpack.decode(receive(_INPUT), type=Request)
            limit_next_seconds(begin.limits.seconds)
            found = verify(asked.pdf, trust, beside=asked.beside, password=asked.password)
            send(answers, msgspec.msgpack.encode(found))


def send(descriptor: int, message: bytes) -> None:
    """Write a message: its length, then its bytes. OSError where nobody reads."""
    left = memoryview(len(message).to_bytes(_LENGTH) + message)
    while left:
        left = left[os.write(descriptor, left[:_AT_ONCE]) :]


def receive(descriptor: int) -> bytes:
    """Return the next message; EOFError where the other side ended, or says what none says."""
    length = int.from_bytes(_read(descriptor, _LENGTH))
    if length > LARGEST_MESSAGE:
        raise EOFError
    return _read(descriptor, length)


def _read(descriptor: int, length: int) -> bytes:
    parts = []
    while length:
        part = os.read(descriptor, min(length, _AT_ONCE))
        if not part:
            raise EOFError
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


if __name__ == "__main__":
    main()
