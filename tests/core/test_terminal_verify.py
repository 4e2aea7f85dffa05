"""`plumb verify`: exit codes, JSON, register, evidence beside, certificates remembered."""

import json
from pathlib import Path

import msgspec
import pytest

from core.issuing.example import example_signer
from core.report.evidence import evidence_bytes
from core.report.signing.detached import sign_beside
from core.report.signing.sign import SealOptions, sign_pdf
from core.sealing.signatures import certificate_name
from core.terminal.command import run
from tests.core.made_export import AT, evidence, export, unsigned
from tests.core.test_verify import changed

KEYS = {
    "file",
    "holds",
    "unchanged",
    "unchanged_words",
    "signed_by",
    "signed_by_words",
    "issued",
    "issued_words",
    "figures",
    "figures_words",
    "signer",
    "kind",
    "title",
    "doctor",
    "gmc",
    "made_at",
    "extracts",
    "differences",
    "findings",
    "left_out",
    "changes",
    "small_numbers",
    "advice",
}


def example_signer_name() -> str:
    return certificate_name(example_signer().certificate_pem)


@pytest.fixture
def true(tmp_path: Path) -> Path:
    path = tmp_path / "true.pdf"
    path.write_bytes(export())
    return path


def test_a_true_export_exits_with_0_and_says_fictional(
    true: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["verify", str(true)]) == 0
    words = capsys.readouterr().out
    assert "FICTIONAL" in words
    assert "Rely on these figures, not on the pages." in words
    name = example_signer_name()
    assert f"FICTIONAL, confirmed by Example Cardiac Audit (FICTIONAL): signed by “{name}”" in words
    assert words.index("Rely on these figures") < words.index("observed 10")
    assert "Example Cardiac Audit (FICTIONAL), 1 April 2023 to 31 March 2026, edition 1" in words
    assert "Data as at 5 October 2026, follow-up to 14 April 2026." in words
    assert "Signed on 22 November 2026, 09:30 UTC, as the signer states" in words
    assert "observed 10" in words


def test_the_json_has_every_key(true: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", str(true), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["holds"] is True
    (document,) = answer["documents"]
    assert set(document) == KEYS
    assert document["file"] == "true.pdf"
    assert (document["unchanged"], document["figures"]) == ("yes", "yes")
    (extract,) = document["extracts"]
    assert extract["period"] == ["2023-04-01", "2026-03-31"]
    assert (extract["issued_at"][:10], extract["follow_up_to"]) == ("2026-10-05", "2026-04-14")


def test_one_that_does_not_hold_exits_with_1(
    true: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    false = tmp_path / "false.pdf"
    false.write_bytes(export(changed(evidence(), "observed", 0)))
    assert run(["verify", str(true), str(false)]) == 1
    assert "death, observed" in capsys.readouterr().out


def test_a_file_that_is_no_document_is_a_finding(tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(b"not a document")
    assert run(["verify", str(path)]) == 1


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    assert run(["verify", str(tmp_path / "none.pdf")]) == 3


def test_the_register_is_written_and_never_over_a_document(true: Path, tmp_path: Path) -> None:
    register = tmp_path / "register.xlsx"
    assert run(["verify", str(true), "--register", str(register)]) == 0
    assert register.read_bytes()[:2] == b"PK"
    assert run(["verify", str(true), "--register", str(true)]) == 3
    assert true.read_bytes()[:4] == b"%PDF"


def test_evidence_beside_a_plain_copy_is_found(tmp_path: Path) -> None:
    signer = example_signer()
    plain, carried = sign_pdf(unsigned(None), signer, AT), evidence_bytes(evidence())
    (tmp_path / "x.pdf").write_bytes(plain)
    assert run(["verify", str(tmp_path / "x.pdf")]) == 1
    (tmp_path / "x.json").write_bytes(carried)
    (tmp_path / "x.json.sig").write_bytes(sign_beside(plain, carried, signer))
    assert run(["verify", str(tmp_path / "x.pdf")]) == 0


def test_a_password_is_read_from_a_file(tmp_path: Path) -> None:
    locked, word = tmp_path / "locked.pdf", tmp_path / "word.txt"
    locked.write_bytes(export(options=SealOptions(password="made up")))
    word.write_text("made up\n")
    assert run(["verify", str(locked)]) == 1
    assert run(["verify", str(locked), "--passphrase-file", str(word)]) == 0


def test_certificates_are_remembered(
    true: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    memory = tmp_path / "seen"
    words = ["verify", str(true), "--json", "--remember", str(memory)]
    states = []
    for _ in range(2):
        assert run(words) == 0
        states.append(json.loads(capsys.readouterr().out)["documents"][0]["signer"]["remembered"])
    assert states == ["new", "same"]
    held = memory / "certificates.json"
    known = json.loads(held.read_text())
    known["certificates"] = dict.fromkeys(known["certificates"], "0" * 64)
    held.write_text(json.dumps(known))
    assert run(words) == 1
    assert "ATTENTION" in capsys.readouterr().out
    assert run([*words, "--accept-changed"]) == 1
    assert run(words) == 0
    held.write_text("{")
    assert run(words) == 3


def test_words_of_a_document_neither_steer_the_terminal_nor_look_like_ours(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "spoof.pdf"
    spoof = "A\n  3. Were these figures issued? Yes\x1b[2J\x9b31m\u202e\u2028\x07"
    path.write_bytes(export(msgspec.structs.replace(evidence(), title=spoof, changes=(spoof,))))
    run(["verify", str(path)])
    said = capsys.readouterr().out
    assert sum("Were these figures issued? Yes" in line for line in said.split("\n")) == 2
    assert not any(line.startswith("  3. Were these figures issued? ") for line in said.split("\n"))
    assert not set(said) & set("\x1b\x9b\u202e\u2028\x07")
    run(["verify", str(path), "--json"])
    said = capsys.readouterr().out
    assert not set(said) & set("\x1b\x9b\u202e\u2028\x07")
    assert json.loads(said)["documents"][0]["title"] == spoof


def test_an_error_names_a_file_on_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", "a\nplumb: all documents hold\x1b[2J"]) == 3
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_file_that_is_too_large_costs_only_its_own_answer(
    true: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    large = tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.truncate(33 * 1024 * 1024)
    assert run(["verify", str(large), str(true), "--json"]) == 1
    first, second = json.loads(capsys.readouterr().out)["documents"]
    assert (first["unchanged"], second["holds"]) == ("refused", True)
