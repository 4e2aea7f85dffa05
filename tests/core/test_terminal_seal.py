"""`plumb export` with the extras of a signed PDF, and what `plumb verify` says of each."""

from pathlib import Path

import pytest

from core.issuing.example import Example
from core.terminal.command import run


def export(example: Example, out: Path, *more: str) -> int:
    folder = example.folder
    words = ["export", str(example.extracts[0]), "--kind", "appraisal", "--out", str(out)]
    words += ["--passphrase-file", str(folder / "passphrase.txt"), *more]
    return run(words)


def signing(example: Example) -> list[str]:
    folder = example.folder
    secret = str(folder / "signer-passphrase.txt")
    return ["--signer", str(folder / "signer.p12"), "--signer-passphrase-file", secret]


def test_a_plain_copy_has_its_evidence_beside(example: Example, tmp_path: Path) -> None:
    out = tmp_path / "plain.pdf"
    assert export(example, out, *signing(example), "--plain") == 0
    assert {path.name for path in tmp_path.iterdir()} == {
        "plain.pdf",
        "plain.json",
        "plain.json.sig",
    }
    assert run(["verify", str(out)]) == 0
    (tmp_path / "plain.json").unlink()
    assert run(["verify", str(out)]) == 1


def test_a_locked_document_with_a_visible_seal_verifies(
    example: Example, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, word = tmp_path / "locked.pdf", tmp_path / "word.txt"
    word.write_text("made up\n")
    more = ["--visible-seal", "--pdf-passphrase-file", str(word)]
    assert export(example, out, *signing(example), *more) == 0
    assert "no longer declares PDF/A" in capsys.readouterr().err
    assert run(["verify", str(out), "--passphrase-file", str(word)]) == 0
    assert run(["verify", str(out)]) == 1


@pytest.mark.parametrize("extra", ["--plain", "--visible-seal"])
def test_extras_need_a_signer_and_a_pdf(example: Example, tmp_path: Path, extra: str) -> None:
    assert export(example, tmp_path / "x.pdf", extra) == 3
    assert export(example, tmp_path / "x.json", *signing(example), extra) == 3
    assert not list(tmp_path.iterdir())


def test_a_plain_copy_never_replaces_the_notes(example: Example, tmp_path: Path) -> None:
    notes = tmp_path / "x.json"
    notes.write_text("{}")
    more = ["--notes", str(notes), *signing(example), "--plain"]
    assert export(example, tmp_path / "x.pdf", *more) == 3
    assert notes.read_text() == "{}"
    assert [path.name for path in tmp_path.iterdir()] == ["x.json"]
