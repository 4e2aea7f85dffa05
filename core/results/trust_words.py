"""The trust chip in words: where the file came from, never whether its records are right."""

from core.sealing.trust import TrustVerdict

FICTIONAL = " (FICTIONAL)"
TOOLTIP = "This shows where the file came from. It does not show that the records are right."


def trust_label(verdict: TrustVerdict, audit: str) -> str:
    """Return what stands on the chip and on every export."""
    return {
        "verified": f"From {audit} · unaltered",
        "unsigned": "Not signed by the audit",
        "unknown_issuer": "Signed by someone unknown: compare the fingerprint",
        "revoked": "Signed with a certificate that the audit has withdrawn",
        "example": f"FICTIONAL · from {audit.removesuffix(FICTIONAL)} · unaltered",
    }[verdict.state]
