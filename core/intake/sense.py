"""Which way an outcome is told: deaths or survivals, in headings and in the audit's own words."""

import re
from typing import Literal

from core.audits.profile import OutcomeRule
from core.intake.headings import compared
from core.intake.targets import Target

Sense = Literal["death", "survival"]
_DEATH = re.compile(r"\b(?:deaths?|died|dead|mortality|deceased|fatal(?:ity)?)(?![a-z])")
_SURVIVAL = re.compile(r"\b(?:surviv\w*|alive|living)(?![a-z])")
_NOT = re.compile(r"\b(?:not|no|non)\b")


def sense_of(words: str) -> Sense | None:
    """Return whether a heading speaks of death or of survival; None where of neither or both."""
    said = compared(words)
    death, survival = bool(_DEATH.search(said)), bool(_SURVIVAL.search(said))
    if death == survival:
        return None
    return "death" if death != bool(_NOT.search(said)) else "survival"


def recorded_sense(target: Target) -> Sense | None:
    """Return what yes, or a risk, is of in the audit's own column; None for another column."""
    if (target.role, target.kind) not in (("outcome", "flag"), ("risk", "risk")):
        return None
    return sense_of(target.name) or sense_of(target.label)


def opposed(heading: str, target: Target) -> bool:
    """Whether the heading's words say the opposite of what the audit records as `target`."""
    said, recorded = sense_of(heading), recorded_sense(target)
    return said is not None and recorded is not None and said != recorded


def adverse_label(rule: OutcomeRule) -> str:
    """Return the outcome's name as that of its adverse event: a survival is named as a death."""
    if rule.direction == "adverse":
        return rule.label
    if days := re.fullmatch(r"Survival to (\d+ days)", rule.label):
        return f"Death within {days[1]}"
    if rule.label.startswith("Survival to "):
        return f"Death before {rule.label.removeprefix('Survival to ')}"
    return f"{rule.words.event[:1].upper()}{rule.words.event[1:]}"
