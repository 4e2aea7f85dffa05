"""The other methods a reader may look at; the audit's own decides the position, always."""

from core.extract.manifest import Kind
from core.results.options import AUDIT_METHOD, Options
from desktop.translation import QT_TR_NOOP, tr

OWN = "audit"
NOTE = QT_TR_NOOP(
    "The picture shows another method than the audit’s. The position and every number beside "
    "it stay the audit’s own."
)
NOTE_UNVOUCHED = QT_TR_NOOP(
    "The picture shows another method than the one that decides the position. The position and "
    "every number beside it stay as they are."
)
OWN_UNVOUCHED = QT_TR_NOOP("The method that decides the position")
METHODS: tuple[tuple[str, str, Options], ...] = (
    (OWN, QT_TR_NOOP("The audit’s own method"), AUDIT_METHOD),
    ("interpolated", QT_TR_NOOP("Lines interpolated (approximate)"), Options(style="interpolated")),
    ("quantile", QT_TR_NOOP("Lines by whole counts (approximate)"), Options(style="quantile")),
    ("normal", QT_TR_NOOP("Lines by the normal approximation"), Options(style="normal")),
    ("poisson", QT_TR_NOOP("Exact Poisson"), Options(model="poisson")),
    ("binomial", QT_TR_NOOP("Exact binomial"), Options(model="binomial")),
    (
        "own_risks",
        QT_TR_NOOP("Exact, from each patient’s own risk"),
        Options(model="poisson_binomial"),
    ),
    (
        "additive",
        QT_TR_NOOP("Widened for variation beyond chance"),
        Options(overdispersion="additive"),
    ),
    (
        "narrow",
        QT_TR_NOOP("Not widened for variation beyond chance"),
        Options(overdispersion="none"),
    ),
)


def offered(kind: Kind, *, audits: bool = True) -> tuple[tuple[str, str], ...]:
    """Return key and label of each method for an outcome; only a binary one has a choice.

    `audits` tells whether the method that decides the position is the audit's own.
    """
    if kind != "binary":
        return ()
    rows = tuple((key, tr(label)) for key, label, _ in METHODS)
    return rows if audits else ((OWN, tr(OWN_UNVOUCHED)), *rows[1:])


def note(*, audits: bool) -> str:
    """Return what is said where the picture shows another method than the position's."""
    return tr(NOTE) if audits else tr(NOTE_UNVOUCHED)


def options_of(key: str) -> Options:
    """Return the options of a method offered; KeyError where there is none."""
    return {found: options for found, _, options in METHODS}[key]
