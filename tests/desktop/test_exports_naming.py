"""The file of a document has its ending, and none is replaced unseen."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from desktop.screens.exports.naming import with_ending
from desktop.screens.exports.view import ExportsScreen


@pytest.mark.parametrize(
    ("name", "ending", "wanted"),
    [
        ("a", ".pdf", "a.pdf"),
        ("a.PDF", ".pdf", "a.PDF"),
        ("a.json", ".pdf", "a.json.pdf"),
        ("3.5.2026", ".pdf", "3.5.2026.pdf"),
        ("a.", ".xlsx", "a.xlsx"),
        ("a.xlsx", ".xlsx.age", "a.xlsx.age"),
        ("a.xlsx.age", ".xlsx.age", "a.xlsx.age"),
        ("a", ".xlsx.age", "a.xlsx.age"),
    ],
)
def test_a_name_has_its_ending(tmp_path: Path, name: str, ending: str, wanted: str) -> None:
    assert with_ending(tmp_path / name, ending) == tmp_path / wanted


def test_a_file_that_has_the_name_with_the_ending_is_asked_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.pdf").write_bytes(b"earlier")
    asked: list[str] = []
    answers = [str(tmp_path / "a"), str(tmp_path / "a.pdf"), ""]

    def answer(parent: object, title: str, wanted: str, kinds: str) -> tuple[str, str]:
        asked.append(wanted)
        return answers.pop(0), kinds

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    ask = partial(ExportsScreen.ask_where, None)  # type: ignore[arg-type]
    assert ask("proposed.pdf", ".pdf") == tmp_path / "a.pdf"
    assert asked[1] == str(tmp_path / "a.pdf")
    assert ask("proposed.pdf", ".pdf") is None
