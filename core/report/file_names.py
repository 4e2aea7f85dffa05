"""The name of an imported file as it may be shown: without what looks like an identifier."""

from core.report.disclosure import Known, redact, scan

_NOTHING = Known({}, frozenset(), frozenset(), frozenset())


def shown_name(name: str) -> str:
    """Return a file's or a sheet's name, what the scan of free text finds in it taken out.

    It is provenance, so the rest stays; a name without a title cannot be told from other words.
    """
    spaced = name.replace("_", " ")
    return redact(name, scan([("", spaced)], _NOTHING))
