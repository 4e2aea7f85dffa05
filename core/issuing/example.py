"""The example: a made-up national audit with all that is needed to issue, open, sign and verify."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Literal

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, derive_private_key

from core.assets import asset
from core.audits.profile import Profile, parse_profile
from core.errors import WriteFailedError
from core.extract.writing import seal
from core.intake.table import read_table
from core.issuing.edition import Report, prepare
from core.issuing.example_cases import national_csv
from core.issuing.example_nation import PLANTED, SURGEONS, gmc_number, surgeon_name
from core.issuing.extracts import archive_of
from core.issuing.issue import Issued, issue
from core.issuing.keys import held, key_files, write_files
from core.issuing.recipients import COLUMNS, read_recipients
from core.sealing.example_keys import example_issuer, example_trust_entry
from core.sealing.identities import Signer, make_signer, signer_p12
from core.sealing.signatures import fingerprint
from core.sealing.trust import trust_entry_bytes
from core.storage import read_file

ExampleRegime = Literal["not_published", "presumed"]

SEED = 2026
ISSUED_AT = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
PASSPHRASE = "a made-up example opens with this"  # noqa: S105
SIGNER_PASSPHRASE = "a made-up surgeon signs with this"  # noqa: S105
WORK_FACTOR = 15
"""log2 of the scrypt cost: 8 times less than usual, since the example's passphrase is public."""

_PROFILES = {
    "not_published": "example/profile.toml",
    "presumed": "example/profile_presumed.toml",
}


@dataclass(frozen=True, slots=True)
class Example:
    """Where the example's parts are: its folder, its extracts in the order of surgeons."""

    folder: Path
    extracts: tuple[Path, ...]


def write_example(
    folder: Path,
    report: Report,
    *,
    everyone: bool = False,
    regime: ExampleRegime = "not_published",
    seed: int = SEED,
) -> Example:
    """Write the example into `folder`: national table, profile, keys, recipients and extracts.

    Six surgeons' extracts, or with `everyone` all, are sealed to the passphrase in
    `passphrase.txt`. The same seed gives the same bytes but for what encryption draws.
    """
    report(0, 4, "Making up a national audit")
    profile_bytes = asset(_PROFILES[regime])
    profile = parse_profile(profile_bytes, "profile.toml")
    cases = national_csv(seed, survival=regime == "presumed")
    recipients = _recipients(SURGEONS if everyone else len(PLANTED))
    files = {
        "national_cases.csv": cases,
        "profile.toml": profile_bytes,
        "recipients.csv": recipients,
        **_keys_and_secrets(),
    }
    _refuse_others(folder, files)
    write_files(folder, files)
    issued = _issue(folder, cases, profile, recipients, report)
    return Example(folder, tuple(folder / "extracts" / name for name in issued.files))


def example_extract(report: Report = lambda done, total, label: None) -> tuple[bytes, str]:
    """Return the first surgeon's sealed extract and what opens it, without writing anything."""
    profile = parse_profile(asset(_PROFILES["not_published"]), "profile.toml")
    table = read_table(national_csv(SEED, survival=False))
    edition = prepare(table, profile, example_issuer(), ISSUED_AT, report)
    addressees = read_recipients(_recipients(1), lambda name: PASSPHRASE.encode())
    archive = archive_of(edition, addressees[0].surgeon)
    return seal(archive, [addressees[0].seal_for], WORK_FACTOR), PASSPHRASE


def example_signer() -> Signer:
    """Return the public signing key of the example's first surgeon; the same bytes every time."""
    digest = sha256(b"Plumbline example: this signing key is public").digest()
    key = derive_private_key(int.from_bytes(digest[:31], "big"), SECP256R1())
    return make_signer(
        surgeon_name(1),
        gmc_number(1),
        datetime(2020, 1, 1, tzinfo=UTC),
        lifetime=timedelta(days=36525),
        private_key=key,
        serial=1,
    )


def _issue(
    folder: Path, cases: bytes, profile: Profile, recipients: bytes, report: Report
) -> Issued:
    edition = prepare(read_table(cases), profile, example_issuer(), ISSUED_AT, report)
    addressees = read_recipients(recipients, lambda name: PASSPHRASE.encode())
    return issue(
        edition,
        addressees,
        folder / "extracts",
        report,
        accept_changed=True,
        work_factor=WORK_FACTOR,
    )


def _refuse_others(folder: Path, files: Mapping[str, bytes]) -> None:
    """Raise WriteFailedError where files of those names are not an example's: they may be real."""
    there = held(folder, files)
    repeatable = set(there) - {"signer.p12"}
    same = all(read_file(folder / name) == files[name] for name in repeatable)
    if there and not (same and len(there) == len(files)):
        raise WriteFailedError(
            "The folder holds other files of the same names.", "Choose an empty folder."
        )


def _recipients(count: int) -> bytes:
    digest = fingerprint(example_signer().certificate_pem)
    rows = [
        f"{gmc_number(one)},{surgeon_name(one)},,passphrase.txt,{digest if one == 1 else ''}"
        for one in range(1, count + 1)
    ]
    return "\r\n".join([",".join(COLUMNS), *rows, ""]).encode()


def _keys_and_secrets() -> dict[str, bytes]:
    return {
        "passphrase.txt": f"{PASSPHRASE}\n".encode(),
        "signer-passphrase.txt": f"{SIGNER_PASSPHRASE}\n".encode(),
        "signer.p12": signer_p12(example_signer(), SIGNER_PASSPHRASE),
        **key_files("issuer", example_issuer(), None),
        "trust/example.trust.json": trust_entry_bytes(example_trust_entry()),
    }
