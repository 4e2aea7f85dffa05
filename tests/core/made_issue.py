"""What the tests of issuing share: a small made-up national table, its rules, and its issue."""

from datetime import UTC, datetime
from pathlib import Path

from core.audits.profile import Profile, parse_profile
from core.extract.opening import Extract, open_extract
from core.intake.table import read_table
from core.issuing.edition import Edition, prepare
from core.issuing.issue import Issued, issue
from core.issuing.recipients import read_recipients
from core.sealing.age import Passphrase
from core.sealing.example_keys import example_issuer
from core.sealing.signatures import CertifiedKey
from core.sealing.trust import TrustStore

PROFILES = Path(__file__).resolve().parents[1] / "profiles"
PROFILE = (PROFILES / "issuing.toml").read_text(encoding="utf-8")
TABLE = (PROFILES / "issuing.csv").read_bytes()
SUPPLIED = 'risk = { column = "risk", scale = "percent" }'
ISSUED_AT = datetime(2026, 2, 28, 12, tzinfo=UTC)
PASSPHRASE = "no one else knows"


def silent(done: int, total: int, label: str) -> None:
    """Nobody watches."""


def profile(risk: str = SUPPLIED) -> Profile:
    return parse_profile(PROFILE.replace(SUPPLIED, risk).encode(), "profile.toml")


def edition(
    data: bytes = TABLE, issuer: CertifiedKey | None = None, rules: Profile | None = None
) -> Edition:
    issuer = issuer or example_issuer()
    return prepare(read_table(data), rules or profile(), issuer, ISSUED_AT, silent)


def recipients(*rows: str) -> bytes:
    header = "gmc,name,recipient,passphrase_file,signing_key_sha256"
    return "\n".join((header, *rows, "")).encode()


def send(
    folder: Path, *rows: str, made: Edition | None = None, accept_changed: bool = False
) -> Issued:
    """Issue the edition to these rows of recipients."""
    addressees = read_recipients(recipients(*rows), lambda name: PASSPHRASE.encode())
    return issue(
        made or edition(), addressees, folder, silent, accept_changed=accept_changed, work_factor=4
    )


def opened(path: Path) -> Extract:
    return open_extract(path.read_bytes(), [Passphrase(PASSPHRASE)], TrustStore())
