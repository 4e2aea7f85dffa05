"""What a screen reader is given by the real window, read through AT-SPI by another program."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PYTHON = "/usr/bin/python3"
CONTROLS = {"push button", "check box", "radio button", "toggle button", "button", "button menu"}
NO_ROLE = {"unknown", "invalid", ""}
Part = dict[str, Any]


@pytest.fixture(scope="module")
def screens(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Part]]:
    """Walk the window on a bus and a display of its own; return the parts of each screen."""
    for tool in ("dbus-run-session", "xvfb-run", PYTHON):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is absent")
    if subprocess.run(
        [PYTHON, "-c", "import pyatspi"], capture_output=True, check=False
    ).returncode:
        pytest.skip("pyatspi is absent")
    home = str(tmp_path_factory.mktemp("home"))
    names = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")
    places = os.environ | dict.fromkeys(names, home)
    places |= {"QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
    own = f"{sys.executable} {ROOT / 'plumbline.py'} & own=$!"
    command = f"{own}; {PYTHON} {HERE / 'at_spi_walk.py'}; code=$?; kill $own; exit $code"
    display = ["xvfb-run", "-a", "-s", "-screen 0 1600x1000x24", "sh", "-c", command]
    done = subprocess.run(
        ["dbus-run-session", "--", *display],
        cwd=ROOT,
        env=places,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    read = (json.loads(line) for line in done.stdout.splitlines() if line[:1] == "{")
    return {one["screen"]: one["parts"] for one in read}


def test_each_press_shows_another_screen(screens: dict[str, list[Part]]) -> None:
    said = {name: " ".join(part["name"] for part in parts) for name, parts in screens.items()}
    for words, name in {
        "Where you stand": "Overview",
        "Funnel of Death in hospital": "Funnel",
        "VLAD and RA-CUSUM": "Over time",
        "Calibration": "Case-mix",
        "How complete the records are": "Data quality",
    }.items():
        assert next(one for one, text in said.items() if words in text) == name
    assert len(set(said.values())) == len(said) >= 10


def test_every_control_has_a_name_and_a_role(screens: dict[str, list[Part]]) -> None:
    for name, read in screens.items():
        parts = [part for part in read if part["role"] != "table cell"]
        controls = [part for part in parts if part["focusable"] or part["role"] in CONTROLS]
        assert len(controls) > 10, name
        assert [part for part in controls if not part["name"].strip()] == [], name
        assert [part for part in controls if part["role"] in NO_ROLE] == [], name


@pytest.mark.parametrize(
    ("screen", "name"),
    [
        ("Overview", "Small funnel of Death in hospital"),
        ("Funnel", "Funnel of Death in hospital"),
        ("Over time", "VLAD and RA-CUSUM of Death in hospital"),
        ("Case-mix", "Predicted risks for Death in hospital"),
        ("Case-mix", "Calibration"),
    ],
)
def test_every_chart_is_named_and_described(
    screens: dict[str, list[Part]], screen: str, name: str
) -> None:
    found = [part for part in screens[screen] if part["name"] == name]
    assert any(len(part["description"]) > 60 for part in found), found
    assert {part["role"] for part in found} <= {"image", "graphic"}, found


@pytest.mark.parametrize(
    ("screen", "table", "heads"),
    [
        ("Cases", "Cases", {"Case", "Operated", "Procedure", "Risk"}),
        ("twin", "The points of the funnel", {"Point", "Expected", "Observed ÷ expected"}),
    ],
)
def test_the_cells_of_a_table_are_listed(
    screens: dict[str, list[Part]], screen: str, table: str, heads: set[str]
) -> None:
    parts = screens[screen]
    (found,) = [part for part in parts if part["role"] == "table" and part["name"] == table]
    assert "rows" in found["description"]
    assert heads <= {part["name"] for part in parts if "header" in part["role"]}
    cells = [part["name"] for part in parts if part["role"] == "table cell"]
    assert len([cell for cell in cells if cell]) > 2 * len(heads)
