"""How a correction request is called in a list: its case, its field, and what is wrong."""

from core.extract.manifest import Manifest
from core.review.correctable import field_of
from core.review.queries import KINDS, Query
from desktop.translation import QT_TR_NOOP, tr

ABSENT = QT_TR_NOOP("not in the extract")
WRONG_VALUE = QT_TR_NOOP("wrong value")
JOINT = " · "


def about(manifest: Manifest, query: Query) -> str:
    """Return what a request is about within its case: the field, and what is wrong with it."""
    field = field_of(manifest, query.field)
    if field is None:
        return KINDS[query.kind]
    kind = tr(WRONG_VALUE) if query.kind == "other" else KINDS[query.kind].lower()
    return f"{field.label}{JOINT}{kind}"


def name_of(manifest: Manifest, query: Query) -> str:
    """Return how a request is called among those of all cases."""
    said = about(manifest, query)
    field = field_of(manifest, query.field)
    return f"{query.case_id or tr(ABSENT)}{JOINT}{said if field else said.lower()}"
