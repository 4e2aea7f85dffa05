"""A vault made for a test, and an extract for its surgeon."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.extract.opening import Extract, open_extract
from core.review.vault import Vault, create
from core.sealing import age
from tests.core.made_vault import FAST, NOW, PASSPHRASE, TRUST, VECTORS


@pytest.fixture(scope="session")
def extract() -> Extract:
    """Return a small extract of a trusted issuer."""
    sealed = (VECTORS / "verified.vec").read_bytes().split(b"\n\n", 1)[1]
    return open_extract(sealed, [age.Passphrase("FICTIONAL passphrase")], TRUST)


@pytest.fixture
def made(tmp_path: Path, extract: Extract) -> Iterator[tuple[Vault, str]]:
    """Return a new vault of the extract's surgeon, and its recovery secret."""
    gmc = extract.manifest.surgeon.gmc
    folder = tmp_path / "vault"
    vault, secret = create(folder, "FICTIONAL Surgeon", gmc, PASSPHRASE, NOW, work_factor=FAST)
    yield vault, secret
    vault.lock()
