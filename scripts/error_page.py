"""Print docs/errors.md: every error a user may see, by its code."""

from collections.abc import Iterator

from core.errors import CancelledError, PlumblineError

HEAD = """# Errors

Every message ends with its code in brackets. The code stays when the words change.

| code | what happened | what to do |
|---|---|---|"""


def main() -> None:
    """Print the page."""
    print(HEAD)
    for kind in sorted(shown(PlumblineError), key=lambda kind: kind.code):
        happened = " ".join((kind.__doc__ or "").split())
        print(f"| {kind.code} | {happened} | {kind.hint} |")


def shown(kind: type[PlumblineError]) -> Iterator[type[PlumblineError]]:
    """Yield the kinds of error below `kind` that a user may see."""
    for below in kind.__subclasses__():
        if below is not CancelledError:
            yield below
        yield from shown(below)


if __name__ == "__main__":
    main()
