"""The choices a reader may make about method; the defaults are the audit's own."""

from dataclasses import dataclass
from typing import Literal

from core.extract.manifest import LimitsModel, LimitsStyle
from core.results.outcome import IntervalMethod

OverdispersionChoice = Literal["audit", "none", "additive"]


@dataclass(frozen=True, slots=True)
class Options:
    """How to compute: None and `audit` mean what the audit itself does."""

    interval: IntervalMethod = "exact"
    style: LimitsStyle | None = None
    model: LimitsModel | None = None
    overdispersion: OverdispersionChoice = "audit"


AUDIT_METHOD = Options()
