"""Set-up installs Qt's system libraries only where it may, and otherwise says the line."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "qt_libraries.py"


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("qt_libraries", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module.sys, "platform", "linux")
    monkeypatch.setattr(module, "loads", lambda library: library != "libEGL.so.1")
    return module


def test_nothing_missing_asks_for_nothing(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(script, "loads", lambda library: True)
    monkeypatch.setattr(script, "permission", lambda: pytest.fail("asked for permission"))
    assert script.main() == 0
    assert capsys.readouterr().out == ""


def test_without_permission_the_exact_line_is_said(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(script, "permission", lambda: None)
    assert script.main() == 1
    line = "sudo apt-get update && sudo apt-get install --yes libegl1 fonts-dejavu-core"
    assert line in capsys.readouterr().out.splitlines()[2]


def test_the_lists_are_refreshed_where_apt_knows_no_package(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[str] = []

    def succeeds(command: list[str]) -> bool:
        ran.append(next(word for word in command if word in {"install", "update"}))
        return ran != ["install"]

    monkeypatch.setattr(script, "permission", lambda: ["sudo", "-n"])
    monkeypatch.setattr(script, "succeeds", succeeds)
    assert script.main() == 0
    assert ran == ["install", "update", "install"]


def test_a_screen_asks_for_more(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    without = set(script.wanted())
    monkeypatch.setenv("DISPLAY", ":0")
    assert set(script.wanted()) - without == set(script.WITH_A_SCREEN)
