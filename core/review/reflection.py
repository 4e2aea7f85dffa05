"""Reflection: What? So what? Now what?, with actions and items of the development plan."""

from datetime import date, datetime
from typing import Literal

import msgspec

Part = Literal["what", "so_what", "now_what"]
ActionKind = Literal["action", "pdp"]

PARTS: dict[Part, str] = {"what": "What?", "so_what": "So what?", "now_what": "Now what?"}
ACTION_KINDS: dict[ActionKind, str] = {"action": "Action", "pdp": "Development plan"}
BEFORE_FIRST_NOTE = (
    "Reflections can be asked for by others, including courts. Earlier wordings are kept in the"
    " vault; no document holds them. Name no patient and no colleague."
)


class ReflectionWritten(msgspec.Struct, frozen=True, kw_only=True, tag="reflection_written"):
    """One part was written or changed; `outcome` is None for the reflection overall."""

    extract: str
    outcome: str | None
    part: Part
    text: str


class ActionWritten(msgspec.Struct, frozen=True, kw_only=True, tag="action_written"):
    """An action or PDP item was written or changed; `done` is the day it was done."""

    action: str
    extract: str
    outcome: str | None
    kind: ActionKind
    text: str
    due: date | None = None
    done: date | None = None


class ActionRemoved(msgspec.Struct, frozen=True, kw_only=True, tag="action_removed"):
    """An action was taken away; its wordings stay in the journal."""

    action: str


class Reflection(msgspec.Struct, frozen=True, kw_only=True):
    """The three parts as they stand, of one outcome or overall."""

    extract: str
    outcome: str | None
    what: str = ""
    so_what: str = ""
    now_what: str = ""
    changed_at: datetime | None = None


def reflection_after(
    reflection: Reflection | None, event: ReflectionWritten, at: datetime
) -> Reflection:
    """Return the reflection once the part in `event` is written."""
    begun = reflection or Reflection(extract=event.extract, outcome=event.outcome)
    return msgspec.structs.replace(begun, changed_at=at, **{event.part: event.text})
