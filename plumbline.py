"""The bundle's entry, at the root so that neither package is first on the path by itself."""

import os
import sys

from core.report.verifying.verify_child import CHILD
from core.report.verifying.verify_child import main as verify_for_another

TIMED = {"--first-window": "show_window", "--first-screen": "show_screen"}


def main() -> None:
    """Open the window, or become a process that verifies documents for another."""
    if sys.argv[1:] == [CHILD]:
        verify_for_another()
        return
    # The freezer points matplotlib at a folder it throws away; the application names its own.
    os.environ.pop("MPLCONFIGDIR", None)
    if len(sys.argv) == 2 and sys.argv[1] in TIMED:
        from desktop import first_window

        getattr(first_window, TIMED[sys.argv[1]])()
        return
    from desktop.launch import main as run

    run()


if __name__ == "__main__":
    main()
