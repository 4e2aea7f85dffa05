"""What stands before the window and after it: arguments, Qt's application, settings kept."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from core.errors import PlumblineError
from desktop.paths import NAME, point_charts_at_cache, settings_file
from desktop.settings import Loaded, Settings, save_settings
from desktop.translation import install_translation

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon


@dataclass(frozen=True, slots=True)
class Arguments:
    """What the command line asks for."""

    file: Path | None = None
    example: bool = False
    self_check: bool = False


def parse(words: list[str]) -> Arguments:
    """Return the arguments; without any, nothing is imported to read them."""
    if not words:
        return Arguments()
    from argparse import ArgumentParser

    parser = ArgumentParser(prog="plumbline", description="Open a sealed audit extract.")
    told = "what the audit sent, or a document to verify"
    parser.add_argument("file", nargs="?", type=Path, help=told)
    parser.add_argument("--example", action="store_true", help="open the made-up example")
    parser.add_argument("--self-check", action="store_true", help="open the example and report")
    return Arguments(**vars(parser.parse_args(words)))


def make_application() -> QApplication:
    """Return Qt's application, in our style and fonts."""
    application = begin_application()
    dress_application(application)
    return application


def begin_application() -> QApplication:
    """Return Qt's application: its name, by which its folders are found, and its language."""
    sum_on_one_processor()
    application = QApplication(sys.argv[:1])
    application.setApplicationName(NAME)
    application.setDesktopFileName(NAME.lower())
    install_translation(application, QLocale.system())
    return application


def sum_on_one_processor() -> None:
    """Let numpy not share out matrices as small as ours, which takes many times as long.

    Must run before its first import.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def dress_application(application: QApplication) -> None:
    """Give the application our icon, style and fonts, and tell screen readers of our charts."""
    from desktop.theme import load_fonts
    from desktop.widgets.chart_role import speak_of_pictures

    application.setWindowIcon(program_icon())
    application.setStyle("Fusion")
    point_charts_at_cache()
    load_fonts()
    speak_of_pictures()


def program_icon() -> QIcon:
    """Return the picture by which the window is found among others."""
    from PySide6.QtGui import QIcon, QPixmap

    from core.assets import asset

    picture = QPixmap()
    picture.loadFromData(asset("icons/plumbline.svg"))
    return QIcon(picture)


def remember(settings: Settings, loaded: Loaded) -> None:
    """Keep the settings for the next run; where that fails, nothing is lost but them."""
    with suppress(PlumblineError):
        save_settings(settings_file(), replace(loaded, settings=settings))
