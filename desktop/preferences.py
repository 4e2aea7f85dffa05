"""The settings in use: changed from anywhere, written at once, told to who follows them."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from core.errors import PlumblineError
from desktop.settings import Loaded, Settings, save_settings, within_bounds

USUAL = Loaded(Settings(), {})


class Preferences(QObject):
    """Holds the settings; without a path they last as long as the run.

    `changed` follows every change that someone may have to show.
    """

    changed = Signal()

    def __init__(self, loaded: Loaded = USUAL, path: Path | None = None) -> None:
        super().__init__()
        self._loaded = loaded
        self._path = path

    @property
    def values(self) -> Settings:
        """The settings as they are now."""
        return self._loaded.settings

    def change(self, **values: Any) -> None:
        """Change settings by name, write them and tell of it; nothing where they are so already."""
        if self.remember(**values):
            self.keep()
            self.changed.emit()

    def remember(self, **values: Any) -> bool:
        """Change what nobody has to show, to be written later; return whether it differs."""
        later = within_bounds(replace(self.values, **values))
        differs = later != self.values
        self._loaded = replace(self._loaded, settings=later)
        return differs

    def keep(self) -> None:
        """Write the settings; where that fails, nothing is lost but them."""
        if self._path is not None:
            with suppress(PlumblineError):
                save_settings(self._path, self._loaded)
