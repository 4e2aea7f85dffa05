"""What several tests are given: a vault, an extract for its surgeon, the made-up example."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.extract.opening import Extract, open_extract
from core.issuing.example import Example, write_example
from core.review.vault import Vault, create
from core.sealing import age
from tests.core.made_vault import FAST, NOW, PASSPHRASE, TRUST, VECTORS


@pytest.fixture(scope="session")
def extract() -> Extract:
    """Return a small extract of a trusted issuer."""
    sealed = (VECTORS / "verified.vec").read_bytes().split(b"\n\n", 1)[1]
    return open_extract(sealed, [age.Passphrase("FICTIONAL passphrase")], TRUST)


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Example:
    """Return the made-up example in a folder that no test writes to."""
    return write_example(tmp_path_factory.mktemp("example"), lambda done, total, label: None)


@pytest.fixture(scope="session")
def opening(example: Example) -> list[str]:
    """Return the words that open the example's first extract in a terminal."""
    return [str(example.extracts[0]), "--passphrase-file", str(example.folder / "passphrase.txt")]


@pytest.fixture
def made(tmp_path: Path, extract: Extract) -> Iterator[tuple[Vault, str]]:
    """Return a new vault of the extract's surgeon, and its recovery secret."""
    gmc = extract.manifest.surgeon.gmc
    folder = tmp_path / "vault"
    vault, secret = create(folder, "FICTIONAL Surgeon", gmc, PASSPHRASE, NOW, work_factor=FAST)
    yield vault, secret
    vault.lock()
