"""Whatever the system speaks: British dates and numbers, English where there is no translation."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from core import assets
from desktop.translation import install_translation, tr

ROOT = Path(__file__).resolve().parents[2]
SOURCES = Path("/usr/share/i18n/locales")
PROBE = """
from contextlib import suppress
from datetime import date
import locale
from PySide6.QtCore import QDate, QLocale
from PySide6.QtWidgets import QDateEdit, QDoubleSpinBox
from desktop.start import begin_application
application = begin_application()
from core.results.wording import day
from desktop.widgets.day_field import read_day
field, number = QDateEdit(QDate(2023, 4, 1)), QDoubleSpinBox()
number.setMaximum(10_000)
number.setGroupSeparatorShown(True)
number.setValue(1234.5)
print(QLocale.system().name())
print(field.text(), "|", number.textFromValue(number.value()))
print(day(date(2023, 4, 1)), read_day("1 April 2023"), locale.localeconv()["decimal_point"])
with suppress(locale.Error):
    locale.setlocale(locale.LC_TIME, "")
print(day(date(2023, 4, 1)))
"""


def said_under(language: str, **more: str) -> list[str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **more}
    environment |= {"LANG": language, "LC_ALL": language, "LANGUAGE": ""}
    done = subprocess.run(
        [sys.executable, "-c", PROBE],
        capture_output=True,
        text=True,
        env=environment,
        cwd=ROOT,
        timeout=240,
        check=True,
    )
    return done.stdout.splitlines()


@pytest.mark.skipif(sys.platform != "linux", reason="the system's language is set otherwise")
@pytest.mark.parametrize("language", ["en_US", "de_DE"])
def test_fields_are_british_on_a_system_that_is_not(language: str) -> None:
    system, fields, words, _ = said_under(f"{language}.UTF-8")
    assert system == language
    assert fields == "01/04/2023 | 1,234.50"
    assert words == "1 April 2023 2023-04-01 ."


def test_months_are_english_where_the_system_names_them(tmp_path: Path) -> None:
    """Qt lets the C library speak the system's language: French months in signed pages."""
    localedef = shutil.which("localedef")
    if localedef is None or not (SOURCES / "fr_FR").exists():
        pytest.skip("localedef or the sources of its locales are absent")
    command = [localedef, "-i", "fr_FR", "-f", "UTF-8", str(tmp_path / "fr_FR.UTF-8")]
    subprocess.run(command, check=True, capture_output=True)
    _, _, words, french = said_under("fr_FR.UTF-8", LOCPATH=str(tmp_path))
    assert words == "1 April 2023 2023-04-01 ."
    assert french == "1 avril 2023"


@pytest.mark.parametrize("language", [QLocale.Language.Welsh, QLocale.Language.C])
def test_a_language_without_a_translation_is_shown_in_english(
    qapp: QCoreApplication, language: QLocale.Language
) -> None:
    before, count = QLocale(), len(qapp.findChildren(QTranslator))
    install_translation(qapp, QLocale(language))
    assert QLocale().name() == "en_GB"
    assert len(qapp.findChildren(QTranslator)) == count
    assert tr("Open a file") == "Open a file"
    QLocale.setDefault(before)


def test_a_broken_translation_is_shown_in_english(
    qapp: QCoreApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = QLocale()
    monkeypatch.setattr(assets, "asset", lambda name: b"no translation")
    install_translation(qapp, QLocale(QLocale.Language.Welsh))
    assert tr("Open a file") == "Open a file"
    for made in qapp.findChildren(QTranslator):
        qapp.removeTranslator(made)
    QLocale.setDefault(before)
