"""Everything that travels may travel, brings its licence, and can be replaced where that asks."""

from pathlib import Path

import pytest

from scripts.licences import owner, replaceable, stated, system_licences, texts, travelling, unfit

ROOT = Path(__file__).resolve().parents[2]
TOLD_ELSEWHERE = {"PySide6_Essentials", "shiboken6", "fontpkg"}
"""Qt's texts stand in LICENSES; fontpkg comes with the typeface, and the bundle leaves it out."""


def test_no_licence_forbids_the_bundle() -> None:
    assert unfit() == []


def test_every_text_travels() -> None:
    silent = {one.name for one in travelling("plumbline", {}).values() if not list(texts(one))}
    assert silent <= TOLD_ELSEWHERE
    assert {path.name for path in (ROOT / "LICENSES").iterdir()} == {
        "GPL-3.0-only.txt", "LGPL-3.0-only.txt", "PSF-2.0.txt",
    }  # fmt: skip


def test_weak_copyleft_stands_as_files() -> None:
    assert {"PySide6", "pikepdf", "py7zr", "pyppmd", "shiboken6"} <= set(replaceable())
    assert {"numpy", "typst", "cryptography"}.isdisjoint(replaceable())


def test_nothing_that_is_for_development_travels() -> None:
    names = {name.replace("_", "-") for name in travelling("plumbline", {})}
    assert names.isdisjoint(
        {"pyhanko", "aiohttp", "outloud", "pymupdf", "onnxruntime", "lxml-stubs"}
    )
    assert stated(travelling("plumbline", {})["plumbline"]) == "Apache-2.0"


def test_a_library_of_nobody_does_not_travel(tmp_path: Path) -> None:
    stray = tmp_path / "libstray.so.1"
    stray.touch()
    with pytest.raises(LookupError, match="belongs to no package"):
        owner(stray)
    with pytest.raises(LookupError):
        system_licences([stray])
