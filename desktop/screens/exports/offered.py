"""The kinds of documents that are offered, and what stands beside each."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document: what it is for, the ending of its file, and whether it has pages."""

    key: str
    ending: str
    label: str
    words: str
    paged: bool = True


KINDS = (
    Kind(
        "appraisal",
        ".pdf",
        "Appraisal document",
        "Your results, pictures, records, notes and reflection, with their evidence inside. "
        "Quality improvement activity in the sense of the GMC’s supporting information.",
    ),
    Kind(
        "revalidation",
        ".pdf",
        "Revalidation summary",
        "Five years over every extract in your vault, each year’s reflection and what was done.",
    ),
    Kind(
        "award",
        ".pdf",
        "Award evidence",
        "The same facts under the headings of the clinical impact awards.",
    ),
    Kind(
        "decision",
        ".pdf",
        "Publication decision",
        "A dated record of what you decided, with your reasons.",
    ),
    Kind(
        "appraisal",
        ".xlsx",
        "Workbook",
        "Results, limits, time in blocks, notes and methods as numbers.",
        paged=False,
    ),
    Kind(
        "queries",
        ".age",
        "Correction requests",
        "Names cases, so it is encrypted for the audit’s contact or with a password you choose.",
        paged=False,
    ),
)


@dataclass(frozen=True, slots=True)
class ExportsPage:
    """What stands beside the choices: who signs it, and what the extras of a signature cost."""

    kind: Kind
    signing: str
    vault_open: bool
    can_sign: bool
    own_key: bool
    forfeits: str
    asks_password: bool
