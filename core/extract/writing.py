"""Make an extract: tables and manifest into a signed archive, the archive into a sealed file."""

from collections.abc import Mapping, Sequence
from hashlib import sha256

import msgspec
import pandas as pd

from core.extract.archive import ANSWERS, CASES, ISSUER, MANIFEST, NATIONAL, SIGNATURE, pack
from core.extract.manifest import Manifest, Member, manifest_bytes
from core.extract.opening import read_archive, read_tables
from core.extract.schema import answers_contract, cases_contract, national_contract
from core.extract.tables import table_bytes
from core.sealing import age
from core.sealing.signatures import CertifiedKey, sign
from core.sealing.trust import TrustStore


def build_archive(
    manifest: Manifest,
    cases: pd.DataFrame,
    national: pd.DataFrame,
    models: Mapping[str, bytes] | None = None,
    answers: pd.DataFrame | None = None,
    issuer: CertifiedKey | None = None,
) -> bytes:
    """Return the zip of an extract, signed where `issuer` is given.

    The manifest's `files` are filled in here. What is made is read back as a surgeon's copy of
    Plumbline would, so that nothing is issued that cannot be opened: the errors are those of
    opening. `models` are by member name (`models/NAME.toml`).
    """
    tables = {
        CASES: (cases, cases_contract(manifest)),
        NATIONAL: (national, national_contract(manifest)),
    }
    if answers is not None:
        tables[ANSWERS] = (answers, answers_contract())
    parts = {name: table_bytes(*table) for name, table in tables.items()} | dict(models or {})
    files = {
        name: Member(
            sha256=sha256(data).hexdigest(),
            rows=len(tables[name][0]) if name in tables else None,
        )
        for name, data in parts.items()
    }
    stated = manifest_bytes(msgspec.structs.replace(manifest, files=files))
    archive = pack({MANIFEST: stated, **_signed(stated, issuer), **parts})
    read_tables(read_archive(archive, TrustStore()))
    return archive


def seal(archive: bytes, recipients: Sequence[age.Recipient], work_factor: int = 18) -> bytes:
    """Return the age file of `archive`; `work_factor` is log2 of a passphrase's scrypt cost."""
    return age.encrypt(archive, recipients, work_factor=work_factor)


def _signed(stated: bytes, issuer: CertifiedKey | None) -> dict[str, bytes]:
    if issuer is None:
        return {}
    return {SIGNATURE: sign(issuer.private_key, stated), ISSUER: issuer.certificate_pem}
