"""The folders the application may use: per user, never beside the program."""

import os
from pathlib import Path

from PySide6.QtCore import QStandardPaths

NAME = "Plumbline"


def settings_file() -> Path:
    """Where the settings stand: no name, no passphrase and no path of an extract in it."""
    return _folder(QStandardPaths.StandardLocation.AppConfigLocation) / "settings.json"


def vault_folder(*, practice: bool = False) -> Path:
    """Where the surgeon's vault stands; notes on the made-up example have one of their own."""
    data = _folder(QStandardPaths.StandardLocation.AppDataLocation)
    return data / ("practice-vault" if practice else "vault")


def seen_folder() -> Path:
    """Where certificates of documents verified before are remembered: no document is."""
    return _folder(QStandardPaths.StandardLocation.AppDataLocation) / "verified"


def chart_cache() -> Path:
    """Where matplotlib keeps its list of fonts."""
    return _folder(QStandardPaths.StandardLocation.CacheLocation) / "charts"


def pictures() -> Path:
    """Where a saved picture is proposed to go."""
    return _folder(QStandardPaths.StandardLocation.PicturesLocation)


def documents() -> Path:
    """Where a saved document is proposed to go."""
    return _folder(QStandardPaths.StandardLocation.DocumentsLocation)


def point_charts_at_cache() -> None:
    """Give matplotlib a folder of its own; must run before its first import."""
    os.environ.setdefault("MPLCONFIGDIR", str(chart_cache()))


def _folder(location: QStandardPaths.StandardLocation) -> Path:
    found = QStandardPaths.writableLocation(location)
    return Path(found) if found else Path.home()
