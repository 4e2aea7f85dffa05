"""Every error a user may see has its own code, a hint, and a line in docs/errors.md."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import (
    CancelledError,
    NotSealedError,
    PlumblineError,
    UsageError,
    WhichSurgeonError,
)
from core.terminal.options import told

ROOT = Path(__file__).resolve().parents[2]


def below(kind: type[PlumblineError]) -> Iterator[type[PlumblineError]]:
    for child in kind.__subclasses__():
        yield child
        yield from below(child)


KINDS = [kind for kind in below(PlumblineError) if kind.__module__ == "core.errors"]


def test_no_code_is_used_twice() -> None:
    codes = [kind.code for kind in KINDS]
    assert len(codes) > 10
    assert sorted(codes) == sorted(set(codes))


def test_all_are_defined_in_one_place() -> None:
    definition = re.compile(r"^class (\w+)\((?:\w*Error|Exception)\)", re.MULTILINE)
    elsewhere = [
        path.relative_to(ROOT).as_posix()
        for package in ("core", "desktop")
        for path in (ROOT / package).rglob("*.py")
        if definition.search(path.read_text(encoding="utf-8")) and path.name != "errors.py"
    ]
    assert elsewhere == []


@pytest.mark.parametrize("kind", KINDS)
def test_each_has_its_own_code_and_says_what_to_do(kind: type[PlumblineError]) -> None:
    assert re.fullmatch(r"E\d{3}", kind.code)
    assert "code" in vars(kind)
    assert kind is CancelledError or re.fullmatch(r"[A-Z`].+\.", kind.hint)


@pytest.mark.parametrize("kind", KINDS)
def test_no_hint_that_a_window_can_show_names_an_option(kind: type[PlumblineError]) -> None:
    assert kind is UsageError or not re.search(r"--[a-z]|`plumb", kind.hint)


def test_the_terminal_names_the_option() -> None:
    assert told(WhichSurgeonError("Two.")).endswith("(E423) Give it with `--surgeon`.")
    assert told(NotSealedError("No.")) == str(NotSealedError("No."))


def test_the_text_shows_message_hint_and_code() -> None:
    kind = KINDS[-1]
    assert str(kind("It stopped.")) == f"It stopped. {kind.hint} ({kind.code})"


def test_the_page_lists_them_all() -> None:
    page = subprocess.run(
        [sys.executable, "scripts/error_page.py"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=True,
    ).stdout.decode()
    written = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    assert written.splitlines() == page.splitlines(), "run `make docs`"
