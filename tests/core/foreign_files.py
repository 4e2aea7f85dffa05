"""Files as audits send them, made at test time by the real programs; skipped without them."""

import io
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

PASSWORD = "FICTIONAL pass word 7"
HEADER = ("Case", "Age", "Sex", "Operated on", "Risk", "Died")
RECORDS = (
    ("F-001", 71, "1. Male", "2025-04-30", 0.031, 0),
    ("F-002", 64, "2. Female", "2025-05-02", 0.012, 0),
    ("F-003", 83, "1. Male", "2025-05-09", 0.204, 1),
)


def client(name: str) -> str:
    """Return the program's path; skip the test where it is not installed."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def run(*command: str, cwd: Path) -> None:
    subprocess.run(command, cwd=cwd, check=True, capture_output=True, timeout=120)


def csv_text(separator: str = ",", end: str = "\r\n") -> str:
    lines = (HEADER, *RECORDS)
    return "".join(separator.join(f'"{cell}"' for cell in line) + end for line in lines)


def sheet(workbook: Workbook) -> Worksheet:
    active = workbook.active
    assert isinstance(active, Worksheet)
    return active


def saved(workbook: Workbook) -> bytes:
    held = io.BytesIO()
    workbook.save(held)
    return held.getvalue()


@cache
def plain_workbook() -> bytes:
    workbook = Workbook()
    sheet(workbook).title = "Cases"
    for line in (HEADER, *RECORDS):
        sheet(workbook).append(line)
    return saved(workbook)


def zipped(folder: Path, name: str, data: bytes, *options: str) -> bytes:
    """Return a zip of one file made by 7-Zip (`options` as `-p…`, `-mem=AES256`)."""
    return archived(folder, "made.zip", name, data, "-tzip", *options)


def archived(folder: Path, archive: str, name: str, data: bytes, *options: str) -> bytes:
    (folder / name).write_bytes(data)
    run(client("7z"), "a", *options, archive, name, cwd=folder)
    return (folder / archive).read_bytes()


def zip_crypto(folder: Path, name: str, data: bytes) -> bytes:
    """Return a zip under the legacy encryption, made by Info-ZIP."""
    (folder / name).write_bytes(data)
    run(client("zip"), "-q", "-P", PASSWORD, "old.zip", name, cwd=folder)
    return (folder / "old.zip").read_bytes()


def by_libreoffice(folder: Path, text: str, target: str) -> bytes:
    """Return what LibreOffice makes of the CSV `text`, as `target` names its filter."""
    (folder / "cases.csv").write_text(text, encoding="utf-8")
    profile = (folder / "profile").as_uri()
    command = [client("soffice"), f"-env:UserInstallation={profile}", "--headless"]
    run(*command, "--convert-to", target, "cases.csv", cwd=folder)
    return (folder / f"cases.{target.partition(':')[0]}").read_bytes()
