"""The bundle's entry, at the root so that neither package is first on the path by itself."""

import os

from desktop.app import main

if __name__ == "__main__":
    # The freezer points matplotlib at a folder it throws away; the application names its own.
    os.environ.pop("MPLCONFIGDIR", None)
    main()
