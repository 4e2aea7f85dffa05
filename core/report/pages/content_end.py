"""The last pages of every document: glossary, and where the document comes from."""

from core.extract.manifest import Manifest
from core.flow import Review
from core.report.pages.content import program
from core.report.pages.document import Facts, Paragraph, Points, Section
from core.results.meanings import printed_words
from core.results.origin_words import origin_words, without_numbers
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


def glossary() -> Section:
    """Return the words a reader may not know."""
    return Section("Glossary", (Facts(printed_words()),))


def provenance(review: Review, *, embedded: bool) -> Section:
    """Return the last page; its last words are for a reader without Plumbline."""
    check = Points(CHECKS) if embedded else Points((WITHOUT, *CHECKS[2:]))
    return Section(
        "Where this document comes from",
        (
            Facts(_origin(review)),
            *_imported(review.extract.manifest, embedded=embedded),
            Paragraph(TOOLTIP),
            check,
            Paragraph(RELY),
            Paragraph(LAST_WORDS, "attention"),
        ),
        new_page=True,
    )


def _imported(manifest: Manifest, *, embedded: bool) -> tuple[Points, ...]:
    """What is known of a file that no audit issued; no number of it under the small-number rule."""
    told = origin_words(manifest) if embedded else without_numbers(origin_words(manifest))
    return (Points(told),) if told else ()


def _origin(review: Review) -> tuple[tuple[str, str], ...]:
    extract = review.extract
    manifest, verdict = extract.manifest, extract.verdict
    contact = manifest.contact.questions or "The extract does not name a contact."
    facts = [
        (
            "Audit" if manifest.source else "Issued by",
            f"{manifest.audit.name}, {manifest.audit.organisation}",
        ),
        ("Trust state", trust_label(verdict, manifest.audit.name)),
        ("Issuing certificate", verdict.issuer_name or "none: the extract is not signed"),
        ("Its fingerprint", verdict.fingerprint or "none"),
        ("Series", manifest.series),
        ("Questions to the audit", contact),
        ("SHA-256 of the sealed file", extract.digest),
        ("Made with", f"{program()}; methods as in its methods page"),
    ]
    return tuple((name, value) for name, value in facts if value)
