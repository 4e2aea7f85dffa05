"""`plumb issue` and `plumb benchmark` say which of their files could not be read, by its role."""

from pathlib import Path

import pytest

from core.errors import ReadFailedError
from core.issuing.example import write_example
from core.terminal.command import run as plumb
from core.terminal.console import secret

NAME = "Jane Doe (FICTIONAL)"
ROLES = {
    "cases": "The table of cases could not be read",
    "--audit": "The audit's profile could not be read",
    "--key": "The issuing key could not be read",
    "--certificate": "The issuing key's certificate could not be read",
    "--recipients": "The table of recipients could not be read",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_example(tmp_path_factory.mktemp("example"), lambda done, total, label: None).folder


def words(folder: Path, lacking: str) -> list[str]:
    given = {
        "--audit": "profile.toml",
        "--key": "issuer.key",
        "--certificate": "issuer.pem",
        "--recipients": "recipients.csv",
    }
    found = {key: str(folder / name) for key, name in given.items()}
    found["cases"] = str(folder / "national_cases.csv")
    found[lacking] = str(folder / f"{NAME}.csv")
    cases = found.pop("cases")
    return [cases, *(part for pair in found.items() for part in pair)]


@pytest.mark.parametrize("lacking", ROLES)
def test_the_file_is_named_by_its_role(
    folder: Path, lacking: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert plumb(["issue", *words(folder, lacking), "--out", str(folder / "out")]) == 3
    told = capfd.readouterr().err
    assert ROLES[lacking] in told
    assert "Jane" not in told
    assert not (folder / "out").exists()


def test_a_passphrase_of_a_row_is_named_with_its_row(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    table = folder / "others.csv"
    table.write_text(f"gmc,name,recipient,passphrase_file\nFICT001,A,,{NAME}.txt\n")
    asked = words(folder, "--recipients")
    asked[asked.index("--recipients") + 1] = str(table)
    assert plumb(["issue", *asked, "--out", str(folder / "out")]) == 3
    told = capfd.readouterr().err
    assert "Row 1: The passphrase file could not be read" in told
    assert "Jane" not in told


def test_the_file_of_a_secret_is_named_by_the_secret() -> None:
    with pytest.raises(ReadFailedError) as told:
        secret(Path(f"{NAME}.txt"), "Passphrase of the issuing key")
    said = "The file with the passphrase of the issuing key could not be read"
    assert told.value.message.startswith(said)
    assert "Jane" not in str(told.value)


def test_a_pack_names_its_table_too(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    asked = words(folder, "cases")
    del asked[asked.index("--recipients") :]
    assert plumb(["benchmark", *asked, "--out", str(folder / "x.pack")]) == 3
    assert ROLES["cases"] in capfd.readouterr().err
