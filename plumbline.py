"""The bundle's entry, at the root so that neither package is first on the path by itself."""

import os
import sys

from core.report.verify_child import CHILD
from core.report.verify_child import main as verify_for_another


def main() -> None:
    """Open the window, or become a process that verifies documents for another."""
    if sys.argv[1:] == [CHILD]:
        verify_for_another()
        return
    from desktop.app import main as run

    # The freezer points matplotlib at a folder it throws away; the application names its own.
    os.environ.pop("MPLCONFIGDIR", None)
    run()


if __name__ == "__main__":
    main()
