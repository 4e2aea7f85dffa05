"""Whatever the terminal is given or told to write to: one line, a code, nothing lost."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from core.errors import ReadFailedError
from core.storage import read_file
from core.terminal.command import run

LONG = "n" * 300


@pytest.fixture(scope="module")
def secret(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("secret") / "p.txt"
    path.write_text("a long made-up passphrase\n")
    return path


def told(capsys) -> str:
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    return said.err


def plumb(*words: str, stdout=subprocess.PIPE, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "core", *words],
        stdout=stdout,
        stderr=subprocess.PIPE,
        env=os.environ | environment,
        check=False,
    )


def test_an_answer_into_a_file_or_pipe_is_utf_8(secret, tmp_path, capsys) -> None:
    words = ["keygen", "issuer", "--out", str(tmp_path), "--name", "Łódź", "--code", "C"]
    assert run([*words, "--passphrase-file", str(secret)]) == 0
    capsys.readouterr()
    found = plumb("trust", "list", "--trust", str(tmp_path), PYTHONIOENCODING="cp1252")
    assert (found.returncode, found.stderr) == (0, b"")
    assert "Łódź" in found.stdout.decode("utf-8")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_an_answer_that_finds_no_room_is_one_line_and_three() -> None:
    with Path("/dev/full").open("w") as full:
        found = plumb("audits", stdout=full)
    assert found.returncode == 3
    assert found.stderr.count(b"\n") == 1
    assert b"(E602)" in found.stderr


@pytest.mark.parametrize("words", [["list"], ["remove", "00"]])
def test_a_folder_name_that_no_system_takes_is_told(words, tmp_path, capsys) -> None:
    assert run(["trust", *words, "--trust", str(tmp_path / LONG)]) == 3
    assert "E801" in told(capsys)


def test_a_path_that_no_system_takes_is_told() -> None:
    with pytest.raises(ReadFailedError):
        read_file(Path("a\0b"))


@pytest.mark.parametrize("who", [["issuer", "--code", "C"], ["surgeon", "--gmc", "G1"]])
def test_new_keys_never_replace_keys(who, secret, tmp_path, capsys) -> None:
    words = ["keygen", who[0], *who[1:], "--name", "N", "--passphrase-file", str(secret)]
    assert run([*words, "--out", str(tmp_path)]) == 0
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    capsys.readouterr()
    assert run([*words, "--out", str(tmp_path)]) == 3
    assert "E602" in told(capsys)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize(
    "words",
    [
        ["issuer", "--name", "N", "--code", "\udcff"],
        ["issuer", "--name", "a\nb", "--code", "C"],
        ["surgeon", "--name", "a\u202eb", "--gmc", "1"],
    ],
)
def test_a_name_that_cannot_be_seen_gets_no_keys(words, secret, tmp_path, capsys) -> None:
    out = ["--out", str(tmp_path / "keys"), "--passphrase-file", str(secret)]
    assert run(["keygen", *words, *out]) == 3
    assert "E801" in told(capsys)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("year", ["0001", "1899", "2200", "9999"])
def test_a_time_that_no_extract_can_bear_is_usage(year, capsys) -> None:
    words = ["issue", "a.csv", "--audit", "b", "--key", "c", "--recipients", "d", "--out", "e"]
    assert run([*words, "--issued-at", f"{year}-10-05T09:00:00+00:00"]) == 2
    capsys.readouterr()


@pytest.mark.parametrize("name", ["recipients.csv", "signer.p12"])
def test_the_example_replaces_nobodys_files(name, tmp_path, capsys) -> None:
    (tmp_path / name).write_text("somebody's own\n")
    assert run(["example", str(tmp_path)]) == 3
    assert "E602" in told(capsys)
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text() == "somebody's own\n"


def test_a_picture_never_replaces_what_it_is_drawn_from(tmp_path, capsys) -> None:
    sealed = tmp_path / "sealed.png"
    sealed.write_bytes(b"a sealed extract")
    words = ["chart", str(sealed), "--outcome", "death", "--kind", "funnel", "--out", str(sealed)]
    assert run([*words, "--passphrase-file", str(sealed)]) == 3
    assert "E801" in told(capsys)
    assert sealed.read_bytes() == b"a sealed extract"
