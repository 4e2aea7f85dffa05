"""The first window waits for Qt alone."""

import subprocess
import sys

HEAVY = ("matplotlib", "numpy", "pandas", "scipy", "statsmodels", "cryptography", "openpyxl")
PROBE = f"import desktop.app, sys; print(*(name for name in {HEAVY} if name in sys.modules))"


def test_importing_the_application_imports_nothing_heavy() -> None:
    done = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
