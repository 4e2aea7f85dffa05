"""`plumb`: Plumbline from a terminal."""

import io
import os
import sys

from core.terminal.command import run


def main() -> None:
    """Run the command line and leave with its exit code, quietly where nobody reads on.

    Answers are UTF-8 whatever the system's own letters are: a pipe on Windows lacks most signs.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = run(sys.argv[1:])
    except BrokenPipeError:
        os._exit(0)
    try:
        sys.stdout.flush()
    except OSError:
        os._exit(code)
    sys.exit(code)


if __name__ == "__main__":
    main()
