"""The words of the extracts screen."""

from core.review.kept import Keeping
from desktop.translation import QT_TR_NOOP, tr

STATES = {
    Keeping.HELD: QT_TR_NOOP("Records held"),
    Keeping.ERASED: QT_TR_NOOP("Records erased; figures and notes stay"),
    Keeping.ABSENT: QT_TR_NOOP("Records absent from the vault’s folder"),
}
TRUST = {
    "verified": QT_TR_NOOP("signed by the audit when kept"),
    "unsigned": QT_TR_NOOP("not signed by the audit"),
    "unknown_issuer": QT_TR_NOOP("signed by someone unknown when kept"),
    "revoked": QT_TR_NOOP("signed with a withdrawn certificate"),
    "example": QT_TR_NOOP("FICTIONAL"),
}


def short_fingerprint(digest: str) -> str:
    """Return the first 20 hexadecimal digits in fours, to be read by telephone."""
    return " ".join(digest[at : at + 4].upper() for at in range(0, 20, 4))


def letter(name: str, gmc: str, digest: str) -> str:
    """Return a letter to an audit office that goes with the enrolment file."""
    return tr(
        "Dear audit office,\n\n"
        "Please send me my own results, with the records behind them, as an extract sealed for me "
        "alone. My enrolment file is attached. It holds my name, my GMC number, the key to seal "
        "for and the certificate with which I sign; it holds no secret.\n\n"
        "Before you use it, please ring me on a number that you have already and compare the "
        "fingerprint with me: {fingerprint}\n\n"
        "SHA-256 of my certificate: {digest}\n\n"
        "{name}\nGMC number {gmc}\n"
    ).format(fingerprint=short_fingerprint(digest), digest=digest, name=name, gmc=gmc)
