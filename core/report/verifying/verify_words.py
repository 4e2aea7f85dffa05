"""The answers to a receiver's four questions in words."""

from collections.abc import Sequence

from core.report.evidence import Evidence, Value
from core.report.verifying.seal_check import SealFinding
from core.report.verifying.verification import Difference, Figures, Issued, SignedBy, Unchanged

NOT_LOOKED_INTO = "The document was not looked into."
QUESTIONS = (
    "1. Unchanged since it was signed?",
    "2. Signed by whom?",
    "3. Were these figures issued by the audit?",
    "4. Do the figures equal the issued ones?",
)
SIGNED_BY_NOBODY = "Nobody: no seal holds."
ISSUED_WORDS: dict[Issued, str] = {
    "yes": "Yes: the audit signed them, with a certificate that is trusted here.",
    "example": "FICTIONAL: issued by a made-up example, whose key is public.",
    "unsigned": "No: the extract was not signed by any audit.",
    "unknown_issuer": "No: signed by someone who is not trusted here for this audit.",
    "revoked": "No: signed with a certificate that the audit has withdrawn.",
    "no": "No: what is said to be the audit’s statement does not hold.",
    "not_provable": "Not provable here: the surgeon had small numbers hidden, so the audit’s "
    "signed statement is not in the document.",
    "no_evidence": "No evidence: the document carries nothing that could be compared.",
}
FIGURES_WORDS: dict[Figures, str] = {
    "yes": "Yes: every figure that the audit’s statement holds or implies is the same.",
    "no": "No: the evidence and the audit’s statement differ.",
    "not_provable": "Not provable here: there is no signed statement to compare with.",
    "no_evidence": "No evidence: there are no figures to compare.",
}
_RESAVED = "Seal lost, perhaps re-saved by a portal or another program"


def signed_by_words(
    signed_by: SignedBy, name: str, audits: Sequence[str], *, example: bool = False
) -> str:
    """Return the answer to question 2: the signer's name, and which audits confirm it.

    A name stands after what it is worth, so that no name can be read as a confirmation.
    """
    who = f"“{name}”" if name else "a key without a name"
    if signed_by == "nobody":
        return SIGNED_BY_NOBODY
    if signed_by == "confirmed":
        start = "FICTIONAL, confirmed" if example else "Confirmed"
        named = f"signed by {who}, whose key the audit’s signed statement names."
        return f"{start} by {', '.join(audits)}: {named}"
    start = "FICTIONAL and self-declared" if example else "Self-declared"
    return f"{start}: signed by {who}, as the signer says; no audit confirms it."


def unchanged_words(unchanged: Unchanged, seal: SealFinding, figures: Figures) -> str:
    """Return the answer to question 1; a lost seal tells whether the figures still match."""
    if unchanged == "yes":
        return f"Yes: {seal.reason[0].lower()}{seal.reason[1:]}"
    if unchanged == "no":
        return f"No: {seal.reason[0].lower()}{seal.reason[1:]}"
    ending = {
        "yes": "figures still match.",
        "no": "figures changed.",
        "not_provable": "whether the figures match is not provable here.",
        "no_evidence": "no evidence of its figures is left.",
    }[figures]
    return f"{_RESAVED}; {ending}"


def difference_words(found: Difference) -> str:
    """Return a difference as a sentence."""
    place = ", ".join(part for part in (found.outcome, found.figure) if part)
    values = f" (evidence: {_shown(found.stated)}; audit: {_shown(found.issued)})"
    return f"{place}: {found.words}{values}"


def left_out_words(evidence: Evidence | None) -> tuple[str, ...]:
    """Return what the document does not show: its own sentences, then outcomes not chosen."""
    if evidence is None:
        return ()
    unchosen = tuple(
        f"{outcome.label}: not shown beyond its position."
        for extract in evidence.extracts
        for outcome in extract.outcomes
        if not outcome.chosen
    )
    return evidence.left_out + unchosen


def _shown(value: Value) -> str:
    if value is None:
        return "none"
    return f"{value:.6g}" if isinstance(value, float) else str(value)
