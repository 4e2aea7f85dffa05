"""What the top bar says of the open review."""

from dataclasses import dataclass

from core.flow import Review
from core.results.trust_words import trust_label
from core.results.wording import day, spaced
from desktop.translation import tr


@dataclass(frozen=True, slots=True)
class Heading:
    """Audit, period, the words on the trust chip, and what its tip adds."""

    audit: str
    period: str
    trust: str
    more: str


def heading(review: Review) -> Heading:
    """Return the heading of a review; the fingerprint lets a stranger's signature be compared."""
    extract = review.extract
    manifest, verdict = extract.manifest, extract.verdict
    more = [verdict.reason]
    if verdict.fingerprint:
        more.append(tr("Certificate SHA-256: {digest}").format(digest=spaced(verdict.fingerprint)))
    if extract.signature is None and manifest.source is None:
        words = tr("SHA-256 of the file, for the audit to confirm: {digest}")
        more.append(words.format(digest=spaced(extract.digest)))
    elif manifest.source is not None and manifest.source.digest is not None:
        words = tr("SHA-256 of the original file, for the audit to confirm: {digest}")
        more.append(words.format(digest=spaced(manifest.source.digest)))
    return Heading(
        audit=manifest.audit.name,
        period=f"{day(manifest.period.start)} – {day(manifest.period.end)}",
        trust=trust_label(verdict, manifest.audit.name),
        more="\n".join(more),
    )
