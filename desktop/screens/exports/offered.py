"""The kinds of documents that are offered, and what stands beside each."""

from dataclasses import dataclass

from desktop.translation import QT_TR_NOOP


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document: what it is for, the ending of its file, and whether it has pages.

    `name` is what its file is called where that is not the key.
    """

    key: str
    ending: str
    label: str
    words: str
    paged: bool = True
    name: str = ""

    @property
    def called(self) -> str:
        """What its file is called."""
        return self.name or self.key


KINDS = (
    Kind(
        "appraisal",
        ".pdf",
        QT_TR_NOOP("Appraisal document"),
        QT_TR_NOOP(
            "Your results, pictures, records, notes and reflection, with their evidence inside. "
            "Quality improvement activity in the sense of the GMC’s supporting information."
        ),
    ),
    Kind(
        "revalidation",
        ".pdf",
        QT_TR_NOOP("Revalidation summary"),
        QT_TR_NOOP(
            "Five years over every extract in your vault, each year’s reflection and what was done."
        ),
    ),
    Kind(
        "award",
        ".pdf",
        QT_TR_NOOP("Award evidence"),
        QT_TR_NOOP("The same facts under the headings of the clinical impact awards."),
    ),
    Kind(
        "decision",
        ".pdf",
        QT_TR_NOOP("Publication decision"),
        QT_TR_NOOP("A dated record of what you decided, with your reasons."),
    ),
    Kind(
        "appraisal",
        ".xlsx",
        QT_TR_NOOP("Workbook"),
        QT_TR_NOOP("Results, limits, time in blocks, notes and methods as numbers."),
        paged=False,
        name="workbook",
    ),
    Kind(
        "queries",
        ".age",
        QT_TR_NOOP("Correction requests"),
        QT_TR_NOOP(
            "Names cases, so it is encrypted for the audit’s contact or with a password you choose."
        ),
        paged=False,
        name="requests",
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
