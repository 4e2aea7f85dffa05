"""`plumb export`: what it writes, what it refuses, and that a fixed time gives fixed bytes."""

import json
from pathlib import Path

import pytest

from core.report.evidence import read_evidence
from core.terminal.command import run
from core.terminal.export import UNSIGNED

AT = ["--at", "2026-11-22T09:30"]
KIND = ["--kind", "appraisal"]


def export(opening, out: Path, *further: str) -> int:
    return run(["export", *opening, *KIND, *AT, "--out", str(out), *further])


def test_the_same_time_gives_the_same_bytes(opening, tmp_path, capsys):
    for name in ("one.pdf", "two.pdf"):
        assert export(opening, tmp_path / name, "--outcome", "death") == 0
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()
    assert UNSIGNED in capsys.readouterr().err


def test_evidence_alone_and_notes(opening, tmp_path):
    notes = tmp_path / "notes.json"
    reflection = {"outcome": "death", "what": "I looked at every record."}
    notes.write_text(json.dumps({"reflections": [reflection]}))
    out = tmp_path / "evidence.json"
    assert export(opening, out, "--notes", str(notes), "--outcome", "death") == 0
    evidence = read_evidence(out.read_bytes())
    assert evidence.made_at == "2026-11-22T09:30:00+00:00"
    told = {part.code: part.reflected for part in evidence.extracts[0].outcomes}
    assert told["death"] is True


def test_choices_reach_the_evidence(opening, tmp_path):
    out = tmp_path / "evidence.json"
    assert export(opening, out, "--outcome", "death", "--small-numbers") == 0
    evidence = read_evidence(out.read_bytes())
    chosen = {part.code: part.chosen for part in evidence.extracts[0].outcomes}
    assert chosen == {"death": True, "return_bleeding": False}
    assert evidence.small_numbers
    assert evidence.extracts[0].manifest is None


def test_a_signed_document_answers_all_four_questions(example, opening, tmp_path, capsys):
    out = tmp_path / "signed.pdf"
    signer = ["--signer", str(example.folder / "signer.p12")]
    secret = ["--signer-passphrase-file", str(example.folder / "signer-passphrase.txt")]
    assert export(opening, out, *signer, *secret, "--blocks", "40", "--outcome", "death") == 0
    assert UNSIGNED not in capsys.readouterr().err
    assert run(["verify", str(out)]) == 0


@pytest.mark.parametrize(
    "further",
    [
        ["--outcome", "nonsense"],
        ["--at", "yesterday"],
        ["--notes", "absent.json"],
        ["--signer", "absent.p12"],
    ],
)
def test_what_does_not_exist_is_refused(opening, tmp_path, capsys, further):
    out = tmp_path / "x.pdf"
    assert run(["export", *opening, *KIND, "--out", str(out), *further]) == 3
    assert not out.exists()
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_other_endings_and_own_inputs_are_refused(opening, tmp_path):
    assert export(opening, tmp_path / "x.docx") == 3
    notes = tmp_path / "notes.json"
    notes.write_text("{}")
    assert export(opening, notes, "--notes", str(notes)) == 3
    assert notes.read_text() == "{}"
    assert export(opening, tmp_path / "x.pdf", "--blocks", "3") == 2


def test_notes_on_an_outcome_that_is_not_there_are_refused(opening, tmp_path, capsys):
    notes = tmp_path / "notes.json"
    notes.write_text('{"reflections": [{"outcome": "deaths", "what": "lost"}]}')
    assert export(opening, tmp_path / "x.pdf", "--notes", str(notes)) == 3
    assert "E911" in capsys.readouterr().err


def test_more_notes_than_files_are_refused(opening, tmp_path):
    notes = tmp_path / "notes.json"
    notes.write_text("{}")
    twice = ["--notes", str(notes)] * 2
    assert export(opening, tmp_path / "x.pdf", *twice) == 3


def test_nothing_is_said_on_the_answers_road(opening, tmp_path, capsys):
    assert export(opening, tmp_path / "x.json", "--small-numbers") == 0
    assert capsys.readouterr().out == ""
