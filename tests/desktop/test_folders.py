"""Asking for a file: where it begins, and that going back on it leaves one where one was."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from core.charts.palette import LIGHT
from desktop.paths import documents
from desktop.screens.open.view import OpenScreen
from desktop.theme import Theme


def test_a_file_is_looked_for_where_the_last_one_was(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    qapp.setProperty("last_folder", None)
    begun: list[str] = []
    answers = ["", str(tmp_path / "extract.age"), ""]

    def ask(_: object, __: str, folder: str, ___: str) -> tuple[str, str]:
        begun.append(folder)
        return answers.pop(0), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", ask)
    screen = OpenScreen(Theme(LIGHT))
    qtbot.addWidget(screen)
    for _ in range(3):
        screen.choose_a_file()
    assert begun == [str(documents()), str(documents()), str(tmp_path)]
    qapp.setProperty("last_folder", None)
