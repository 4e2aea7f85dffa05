"""Keeps the look in step with the settings and the system: light or dark, text size, stillness."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject

from desktop.motion import system_is_still
from desktop.preferences import Preferences
from desktop.settings import Settings
from desktop.theme import Theme, palette_for


def theme_of(settings: Settings) -> Theme:
    """Return the theme that the settings ask for."""
    return Theme(palette_for(settings.look), settings.text_size, settings.still)


class Dresser(QObject):
    """Asks `restyle` for another theme at changes; `worn` returns the one in use."""

    def __init__(
        self,
        preferences: Preferences,
        worn: Callable[[], Theme],
        restyle: Callable[[Theme], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._seen = preferences.values
        self._worn, self._restyle = worn, restyle
        preferences.changed.connect(self.follow_settings)

    def follow_settings(self) -> None:
        """Wear what has changed of the settings."""
        before, self._seen = self._seen, self._preferences.values
        now, theme = self._seen, self._worn()
        if now.look != before.look:
            theme = replace(theme, palette=palette_for(now.look))
        if now.text_size != before.text_size:
            theme = theme.resized(now.text_size)
        if now.still != before.still:
            theme = replace(theme, still=now.still or system_is_still())
        self._wear(theme)

    def follow_system(self) -> None:
        """Take the system's light or dark, where the settings ask for it."""
        self._wear(replace(self._worn(), palette=palette_for(self._preferences.values.look)))

    def heed_motion(self) -> None:
        """Let nothing move where the system asks for it."""
        if system_is_still():
            self._wear(replace(self._worn(), still=True))

    def _wear(self, theme: Theme) -> None:
        if theme != self._worn():
            self._restyle(theme)
