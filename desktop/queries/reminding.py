"""What in the words of a correction request looks like an identifier, said by the field itself."""

from core.report.disclosure import HIT_KINDS, Known, scan
from core.review.queries import Value
from desktop.translation import QT_TR_NOOP, tr

LOOKS_LIKE = QT_TR_NOOP("This looks like: {kinds}. Name no patient and no colleague in a request.")


def reminder(value: Value, against: Known) -> str:
    """Return what the value looks like, empty for nothing; a request may name its cases."""
    text = f"{value:.15g}" if isinstance(value, float) else value or ""
    hits = (hit for hit in scan((("", text),), against) if hit.kind != "case_id")
    kinds = dict.fromkeys(HIT_KINDS[hit.kind] for hit in hits)
    return tr(LOOKS_LIKE).format(kinds=", ".join(kinds)) if kinds else ""
