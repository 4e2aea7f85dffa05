"""`plumb`: Plumbline from a terminal."""

import os
import sys

from core.terminal.command import run


def main() -> None:
    """Run the command line and leave with its exit code, quietly where nobody reads on."""
    try:
        sys.exit(run(sys.argv[1:]))
    except BrokenPipeError:
        os._exit(0)


if __name__ == "__main__":
    main()
