"""A file that the system asks to open is told once; other events pass."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QUrl
from PySide6.QtGui import QFileOpenEvent
from pytestqt.qtbot import QtBot

from desktop.double_click import DoubleClickWatch, open_when_asked
from desktop.start import program_icon


def test_a_double_clicked_file_is_told(
    qtbot: QtBot, qapp: QCoreApplication, tmp_path: Path
) -> None:
    told: list[Path] = []
    open_when_asked(qapp, told.append)
    sealed = tmp_path / "mine.age"
    QCoreApplication.sendEvent(qapp, QFileOpenEvent(QUrl.fromLocalFile(str(sealed))))
    QCoreApplication.sendEvent(qapp, QEvent(QEvent.Type.User))
    qapp.findChild(DoubleClickWatch).deleteLater()
    assert told == [sealed]


def test_the_program_has_an_icon(qtbot: QtBot) -> None:
    picture = program_icon().pixmap(64, 64).toImage()
    assert not picture.isNull()
    assert picture.pixelColor(32, 40) != picture.pixelColor(8, 32)
