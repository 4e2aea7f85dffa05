"""What every extract vector starts from: made-up keys, a made-up manifest and three cases."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from core.sealing.revocations import make_revocations, revocations_bytes
from core.sealing.signatures import CertifiedKey, make_issuer, make_root, sign
from core.sealing.trust import TrustEntry, make_trust_entry, with_revocations

AUDIT = "FICTIONAL-VECTORS"
REVOKED_SERIAL = 4
_FROM = datetime(2020, 1, 1, tzinfo=UTC)
_LONG = timedelta(days=36525)

CASES = (
    b"case_id,operated_on,procedure,provider,excluded,age,urgency,risk.death,outcome.death\r\n"
    b'C1,2022-04-01,"Valve, mitral",North,,71,elective,0.25,1\r\n'
    b"C2,2022-05-31,CABG,South,emergency,,urgent,0.5,0\r\n"
    b"C3,2023-03-31,CABG,,,64,,,\r\n"
)
NATIONAL = (
    b"outcome,period,unit,cases,observed,expected\r\n"
    b"death,2022-04-01/2023-03-31,U1,1,1,0.25\r\n"
    b"death,2022-04-01/2023-03-31,U2,40,1,1.5\r\n"
)
ANSWERS = (
    b"query,case_id,field,answered_on,decision,words\r\n"
    b"Q1,C2,age,2023-08-01,accepted,Corrected.\r\n"
)
MODEL = b'id = "fictional"\n'
TABLES = {"cases.csv": CASES, "national.csv": NATIONAL}

_MANIFEST: dict[str, Any] = {
    "format": "plumbline-extract/1",
    "audit": {"code": AUDIT, "name": "FICTIONAL audit", "organisation": "FICTIONAL office"},
    "series": "FICTIONAL vectors",
    "edition_number": 1,
    "level": "surgeon",
    "surgeon": {"name": "FICTIONAL surgeon", "gmc": "0000000"},
    "period": {"start": "2022-04-01", "end": "2023-03-31"},
    "follow_up_to": "2023-06-30",
    "issued_at": "2023-09-01T09:00:00Z",
    "attribution": "The first operator.",
    "fields": [
        {"name": "age", "label": "Age", "type": "integer", "minimum": 18, "maximum": 110},
        {
            "name": "urgency",
            "label": "Urgency",
            "type": "code",
            "allowed": ["elective", "urgent"],
        },
    ],
    "outcomes": [
        {
            "code": "death",
            "label": "Death in hospital",
            "kind": "binary",
            "definition": "Death from any cause before discharge.",
            "national": {"cases": 41, "observed": 2, "expected": 1.75},
            "issued": {"cases": 1, "observed": 1, "expected": 0.25},
        }
    ],
    "exclusions": [{"code": "emergency", "words": "Emergencies.", "count": 1}],
    "self_unit": "U1",
    "a_key_of_the_future": True,
}


def _key(role: str) -> Ed25519PrivateKey:
    phrase = f"Plumbline vectors: this key is public and vouches for nothing ({role})"
    return Ed25519PrivateKey.from_private_bytes(sha256(phrase.encode()).digest())


def _root(role: str, serial: int) -> CertifiedKey:
    name = f"FICTIONAL {role}"
    return make_root(name, _FROM, lifetime=_LONG, private_key=_key(role), serial=serial)


def _issuer(root: CertifiedKey, role: str, serial: int) -> CertifiedKey:
    name = f"FICTIONAL {role}"
    return make_issuer(root, name, _FROM, lifetime=_LONG, private_key=_key(role), serial=serial)


ROOT = _root("vectors root", 1)
ISSUER = _issuer(ROOT, "vectors issuer", 2)
REVOKED_ISSUER = _issuer(ROOT, "revoked issuer", REVOKED_SERIAL)
UNKNOWN_ISSUER = _issuer(_root("unknown root", 5), "unknown issuer", 6)


def trust_entry() -> TrustEntry:
    """Return the trust that the vectors are judged by, with one issuer revoked."""
    entry = make_trust_entry(ROOT, "FICTIONAL vectors audit", [AUDIT])
    revoked = make_revocations(ROOT, 1, [REVOKED_SERIAL])
    return with_revocations(entry, revocations_bytes(revoked))


def manifest(tables: Mapping[str, bytes], changes: Mapping[str, Any]) -> bytes:
    """Return the manifest of `tables` with the top-level `changes`; None takes a key away."""
    files = {
        name: {"sha256": sha256(data).hexdigest(), "rows": max(data.count(b"\n") - 1, 0)}
        if name.endswith(".csv")
        else {"sha256": sha256(data).hexdigest()}
        for name, data in tables.items()
    }
    whole = {**_MANIFEST, "files": files, **changes}
    kept = {key: value for key, value in whole.items() if value is not None}
    return json.dumps(kept, indent=1).encode()


def members(
    tables: Mapping[str, bytes] = TABLES,
    issuer: CertifiedKey | None = ISSUER,
    **changes: Any,
) -> dict[str, bytes]:
    """Return the members of an extract of `tables`, hashed and signed as they stand."""
    return certified(manifest(tables, changes), issuer) | dict(tables)


def certified(stated: bytes, issuer: CertifiedKey | None) -> dict[str, bytes]:
    """Return the manifest with its signature and certificate, where there is an issuer."""
    if issuer is None:
        return {"manifest.json": stated}
    return {
        "manifest.json": stated,
        "manifest.sig": sign(issuer.private_key, stated),
        "issuer.pem": issuer.certificate_pem,
    }
