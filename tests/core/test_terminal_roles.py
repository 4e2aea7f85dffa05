"""A file that cannot be read is called by what it is for, never by its name."""

from pathlib import Path

import pytest

from core.terminal.command import run


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["results", "EXTRACT"], "The extract could not be read"),
        (["verify", "x.pdf"], "The document could not be read"),
        (["import", "x.csv", "--profile", "vascular", "--out", "o"], "The file to import could"),
        (["results", "EXTRACT", "--identity", "i"], "The identity file could not be read"),
        (["risk", "euroscore1_additive", "c.csv"], "The table of cases could not be read"),
    ],
)
def test_what_cannot_be_read_is_called_by_its_role(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], asked: list[str], said: str
) -> None:
    (tmp_path / "pass.txt").write_text("a passphrase\n")
    absent = [str(tmp_path / "Jane Doe.age") if one == "EXTRACT" else one for one in asked]
    if asked[0] in ("results", "import") and "--identity" not in asked:
        absent += ["--passphrase-file", str(tmp_path / "pass.txt")]
    assert run(absent) == 3
    told = capsys.readouterr().err
    assert said in told
    assert "Jane" not in told
