"""A small signed export made for a test: true evidence of the example, on a page or two."""

from base64 import b64encode
from datetime import UTC, datetime
from functools import cache

from core.extract.manifest import Outcome
from core.flow import Review, open_review
from core.issuing.example import example_extract, example_signer
from core.report.evidence import (
    FORMAT,
    Doctor,
    Evidence,
    ExtractEvidence,
    Figure,
    OutcomeEvidence,
    evidence_bytes,
)
from core.report.pages.document import Document, Paragraph, Section
from core.report.pages.pdf import pdf_bytes
from core.report.recompute import flattened, known_figures
from core.report.signing.sign import SealOptions, sign_pdf
from core.results.as_json import result_as_json
from core.sealing.age import Passphrase
from core.sealing.identities import Signer
from core.sealing.trust import TrustStore, shipped_entries

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
TRUST = TrustStore(shipped_entries())
PLAIN = SealOptions()


@cache
def review() -> Review:
    """Return the review of the example's first surgeon."""
    sealed, passphrase = example_extract()
    return open_review(sealed, [Passphrase(passphrase)], TRUST, lambda done, total, label: None)


def evidence() -> Evidence:
    """Return true evidence of every figure of the example."""
    extract = review().extract
    manifest = extract.manifest
    period = manifest.period
    part = ExtractEvidence(
        audit=manifest.audit.name,
        series=manifest.series,
        edition_number=manifest.edition_number,
        period=(period.start.isoformat(), period.end.isoformat()),
        verification=str(extract.verdict.state),
        outcomes=tuple(_outcome(outcome) for outcome in manifest.outcomes),
        manifest=b64encode(extract.manifest_bytes).decode(),
        signature=b64encode(extract.signature or b"").decode(),
        issuer=(extract.issuer_pem or b"").decode(),
    )
    return Evidence(
        format=FORMAT,
        kind="appraisal",
        made_at=AT.isoformat(),
        program="Plumbline",
        methods="1",
        title="Appraisal",
        doctor=Doctor(name=manifest.surgeon.name, gmc=manifest.surgeon.gmc),
        extracts=(part,),
    )


def _outcome(outcome: Outcome) -> OutcomeEvidence:
    result = review().result(outcome.code)
    known = known_figures(outcome)
    figures = tuple(
        Figure(
            name=name,
            value=value,
            standing=known[name].standing if name in known else "surgeon",
            shown=f"{value:.2f}" if name == "ratio" else None,
        )
        for name, value in flattened(result_as_json(result)).items()
        if name not in ("code", "label")
    )
    return OutcomeEvidence(
        code=outcome.code,
        label=outcome.label,
        chosen=True,
        position=str(result.position),
        figures=figures,
    )


def unsigned(carried: Evidence | None, words: str = "Figures of a made-up audit.") -> bytes:
    """Return a tagged PDF that carries the evidence, or a plain one."""
    figures = " ".join(
        f"{one.name} {one.shown}"
        for part in (carried.extracts if carried else ())
        for outcome in part.outcomes
        for one in outcome.figures
        if one.shown
    )
    document = Document(
        title="Appraisal",
        subtitle="FICTIONAL",
        banner="FICTIONAL",
        footer="FICTIONAL",
        made_at=AT,
        sections=(Section("Figures", (Paragraph(words), Paragraph(figures))),),
        file_name="appraisal.pdf",
        portal_title="Appraisal",
        portal_words="Appraisal",
        author="FICTIONAL",
    )
    return pdf_bytes(document, evidence_bytes(carried) if carried else None)


def export(
    carried: Evidence | None = None,
    signer: Signer | None = None,
    options: SealOptions = PLAIN,
    words: str = "Figures of a made-up audit.",
) -> bytes:
    """Return a signed export that carries the evidence given, else the true one."""
    made = unsigned(carried or evidence(), words)
    return sign_pdf(made, signer or example_signer(), AT, options)
