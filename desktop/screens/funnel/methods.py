"""The other methods a reader may look at; the audit's own decides the position, always."""

from core.extract.manifest import Kind
from core.results.options import AUDIT_METHOD, Options

OWN = "audit"
NOTE = (
    "The picture shows another method than the audit’s. The position and every number beside "
    "it stay the audit’s own."
)
METHODS: tuple[tuple[str, str, Options], ...] = (
    (OWN, "The audit’s own method", AUDIT_METHOD),
    ("interpolated", "Lines interpolated (approximate)", Options(style="interpolated")),
    ("quantile", "Lines by whole counts (approximate)", Options(style="quantile")),
    ("normal", "Lines by the normal approximation", Options(style="normal")),
    ("poisson", "Exact Poisson", Options(model="poisson")),
    ("binomial", "Exact binomial", Options(model="binomial")),
    ("own_risks", "Exact, from each patient’s own risk", Options(model="poisson_binomial")),
    ("additive", "Widened for over-dispersion", Options(overdispersion="additive")),
    ("narrow", "Not widened for over-dispersion", Options(overdispersion="none")),
)


def offered(kind: Kind) -> tuple[tuple[str, str], ...]:
    """Return key and label of each method for an outcome; only a binary one has a choice."""
    return tuple((key, label) for key, label, _ in METHODS) if kind == "binary" else ()


def options_of(key: str) -> Options:
    """Return the options of a method offered; KeyError where there is none."""
    return {found: options for found, _, options in METHODS}[key]
