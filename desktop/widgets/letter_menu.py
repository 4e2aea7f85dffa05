"""A menu of one scrolling column in which a letter goes to the next entry that begins with it."""

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu


class LetterMenuWidget(QMenu):
    """The style sheet makes it scroll; keys with Ctrl or Alt are left to Qt."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Go to the next entry with that first letter, after the last to the first."""
        letter = event.text().casefold()
        actions = self.actions()
        at = actions.index(self.activeAction()) + 1 if self.activeAction() in actions else 0
        turned = (*actions[at:], *actions[:at])
        found = (one for one in turned if letter and one.text().casefold().startswith(letter))
        if letter.isalnum() and (action := next(found, None)) is not None:
            self.setActiveAction(action)
        else:
            super().keyPressEvent(event)
