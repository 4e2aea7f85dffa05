"""What the tests of trust share: two made-up roots, an issuer, their entries and a store."""

from datetime import UTC, datetime, timedelta

from core.sealing.revocations import make_revocations, revocations_bytes
from core.sealing.signatures import CertifiedKey, make_issuer, make_root, read_certificate
from core.sealing.trust import TrustEntry, TrustStore, make_trust_entry, with_revocations

START = datetime(2026, 1, 1, tzinfo=UTC)
ISSUED = START + timedelta(days=100)
CODE = "CARDIAC"
ROOT = make_root("FICTIONAL root", START)
OTHER_ROOT = make_root("FICTIONAL root", START)
ISSUER = make_issuer(ROOT, "FICTIONAL issuer", START)
ENTRY = make_trust_entry(ROOT, "FICTIONAL audit", [CODE])
OTHER_ENTRY = make_trust_entry(OTHER_ROOT, "FICTIONAL other audit", ["HIP", "KNEE"])
STORE = TrustStore((OTHER_ENTRY, ENTRY))
SERIAL = read_certificate(ISSUER.certificate_pem).serial_number


def revoking(entry: TrustEntry, root: CertifiedKey, number: int, *serials: int) -> TrustEntry:
    return with_revocations(entry, revocations_bytes(make_revocations(root, number, serials)))
