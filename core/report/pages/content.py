"""What every document says alike: whose it is, where from, its banner, footer and file name."""

import base64
import re
from datetime import datetime
from importlib.metadata import version

from core.extract.manifest import Manifest
from core.flow import Review
from core.report.evidence import Doctor, ExtractEvidence, OutcomeEvidence
from core.report.pages.document import Facts
from core.results.trust_words import trust_label
from core.results.wording import day, moment
from core.sealing.trust import TrustState, TrustVerdict

BANNERS: dict[TrustState, str] = {
    TrustState.VERIFIED: "",
    TrustState.EXAMPLE: "FICTIONAL",
    TrustState.UNSIGNED: "NOT SIGNED BY THE AUDIT",
    TrustState.UNKNOWN_ISSUER: "SIGNED BY SOMEONE UNKNOWN",
    TrustState.REVOKED: "CERTIFICATE WITHDRAWN",
}
LEVELS = {
    "surgeon": "The surgeon’s own cases",
    "team": "The cases of the surgeon’s team",
    "hospital": "The cases of the surgeon’s hospital",
}


def program() -> str:
    """Return the program's name and version."""
    return f"Plumbline {version('plumbline')}"


def period(manifest: Manifest) -> str:
    """Return the period in words."""
    return f"{day(manifest.period.start)} – {day(manifest.period.end)}"


def footer(manifest: Manifest, verdict: TrustVerdict) -> str:
    """Return what stands at the foot of every page: doctor, audit, period, trust state."""
    surgeon = manifest.surgeon
    return (
        f"{surgeon.name} · GMC {surgeon.gmc} · {manifest.audit.name}\n"
        f"{period(manifest)} · {trust_label(verdict, manifest.audit.name)}"
    )


def file_name(kind: str, manifest: Manifest, ending: str = ".pdf") -> str:
    """Return an ASCII file name that portals take, for a document of that kind and ending."""
    parts = (kind, manifest.surgeon.gmc, manifest.audit.code, f"edition-{manifest.edition_number}")
    safe = re.sub(r"[^A-Za-z0-9-]+", "-", "-".join(parts)).strip("-")
    return f"Plumbline-{safe[:120]}{ending}"


def doctor(manifest: Manifest) -> Doctor:
    """Return whose document it is."""
    return Doctor(name=manifest.surgeon.name, gmc=manifest.surgeon.gmc)


def title_facts(review: Review, made_at: datetime) -> Facts:
    """Return the title block."""
    extract = review.extract
    manifest = extract.manifest
    edition = f"{manifest.edition_number}, data as at {day(manifest.issued_at.date())}"
    if manifest.supersedes is not None:
        edition += f", in place of edition {manifest.supersedes}"
    return Facts(
        (
            ("Doctor", manifest.surgeon.name),
            ("GMC number", manifest.surgeon.gmc),
            ("Audit", f"{manifest.audit.name}, {manifest.audit.organisation}"),
            ("Period of operation", f"{period(manifest)}, all procedures the audit counts"),
            ("Follow-up to", day(manifest.follow_up_to)),
            ("Edition", edition),
            ("Whose cases", LEVELS[manifest.level]),
            ("Origin of the figures", trust_label(extract.verdict, manifest.audit.name)),
            ("Document made", moment(made_at)),
        )
    )


def extract_evidence(
    review: Review, outcomes: tuple[OutcomeEvidence, ...], *, embedded: bool = True
) -> ExtractEvidence:
    """Return the evidence of one extract; `embedded` puts the manifest as signed into it."""
    extract = review.extract
    manifest = extract.manifest
    signature, issuer = extract.signature, extract.issuer_pem
    return ExtractEvidence(
        audit=manifest.audit.name,
        series=manifest.series,
        edition_number=manifest.edition_number,
        period=(manifest.period.start.isoformat(), manifest.period.end.isoformat()),
        verification=str(extract.verdict.state),
        outcomes=outcomes,
        manifest=_base64(extract.manifest_bytes) if embedded else None,
        signature=_base64(signature) if embedded and signature else None,
        issuer=issuer.decode("ascii") if embedded and issuer else None,
        lines={one.code: one.line.state for one in review.results if one.line.state != "issued"},
    )


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
