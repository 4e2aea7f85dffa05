"""The last pages of every document: glossary, and where the document comes from."""

from core.flow import Review
from core.report.pages.content import program
from core.report.pages.document import Facts, Paragraph, Points, Section
from core.results.trust_words import TOOLTIP, trust_label

LAST_WORDS = (
    "Your PDF reader may call the signer unknown. The seal shows the document is unchanged; "
    "it does not prove who the signer is."
)
RELY = "Rely on the figures in the evidence, not on the pages."
CHECKS = (
    "This PDF carries its evidence: the file plumbline-evidence.json, with every figure shown, the "
    "audit’s manifest as it was issued, and what was chosen, changed or left out.",
    "The command “plumb verify” and the Verify screen of Plumbline answer four questions "
    "separately: is it unchanged since it was signed; by whom was it signed; did that audit issue "
    "these figures; do the figures agree with the issued ones, and what was left out.",
    "A file that a portal has saved anew may have lost its seal; the evidence can still be "
    "compared with what the audit signed.",
    "When it was signed is stated by the signer. Whether the audit has since issued a newer "
    "edition cannot be known without asking it.",
)
WITHOUT = (
    "The small-number rule was asked for, so the audit’s manifest is not inside this document. "
    "Whether the audit issued these figures cannot be shown from this document alone."
)
WORDS = (
    ("Case", "One operation."),
    ("Outcome", "What the audit looks at after an operation, as it defines it."),
    ("Risk", "The predicted probability of the outcome for one patient, before the operation."),
    ("Observed", "How often the outcome happened in the counted cases."),
    ("Expected", "The sum of the risks: how often it would happen in patients like these."),
    ("Ratio", "Observed divided by expected. Two surgeons’ ratios cannot be compared."),
    ("95\u202f% interval", "The range of ratios that agree with what was observed."),
    ("National line", "Where the audit’s comparison lies."),
    ("Limits", "The lines between which chance alone would put nearly all results on the line."),
    ("Alert, alarm", "The inner and the outer limits. Beyond them, the records are checked first."),
    ("VLAD", "Expected minus observed, added up in the order of operation."),
    ("CUSUM", "A running total that signals when results drift from what the risks predict."),
    ("What-if", "The figures were some corrections accepted: never the audit’s figures."),
    ("Query", "A request to the audit to correct a record."),
)


def glossary() -> Section:
    """Return the words a reader may not know."""
    return Section("Glossary", (Facts(WORDS),))


def provenance(review: Review, *, embedded: bool) -> Section:
    """Return the last page; its last words are for a reader without Plumbline."""
    check = Points(CHECKS) if embedded else Points((WITHOUT, *CHECKS[2:]))
    return Section(
        "Where this document comes from",
        (
            Facts(_origin(review)),
            Paragraph(TOOLTIP),
            check,
            Paragraph(RELY),
            Paragraph(LAST_WORDS, "attention"),
        ),
        new_page=True,
    )


def _origin(review: Review) -> tuple[tuple[str, str], ...]:
    extract = review.extract
    manifest, verdict = extract.manifest, extract.verdict
    contact = manifest.contact.questions or "The extract does not name a contact."
    facts = [
        ("Issued by", f"{manifest.audit.name}, {manifest.audit.organisation}"),
        ("Trust state", trust_label(verdict, manifest.audit.name)),
        ("Issuing certificate", verdict.issuer_name or "none: the extract is not signed"),
        ("Its fingerprint", verdict.fingerprint or "none"),
        ("Series", manifest.series),
        ("Questions to the audit", contact),
        ("SHA-256 of the sealed file", extract.digest),
        ("Made with", f"{program()}; methods as in its methods page"),
    ]
    return tuple((name, value) for name, value in facts if value)
