"""The terminal contract: verbs, keys, exit codes, errors in one line, pictures with provenance."""

import json
from pathlib import Path

import pytest

from core.terminal.command import run

KEYS = {
    "code", "label", "kind", "direction", "cases", "observed", "expected", "ratio",
    "ratio_interval", "interval_method", "centre", "national_ratio", "national_rate", "crude_rate",
    "adjusted_rate", "adjusted_rate_interval", "limits_model", "limits", "limits_drawn", "position",
    "exact_position", "p_upper", "p_lower", "events_to_alert", "events_to_alarm", "power",
    "overdispersion", "left_out", "missing_bounds",
}  # fmt: skip


def answer(capsys) -> dict:
    return json.loads(capsys.readouterr().out)


def test_results_hold_the_contracts_keys(opening, capsys):
    assert run(["results", *opening, "--json"]) == 0
    found = answer(capsys)
    assert found["verification"] == "example"
    assert set(found["surgeon"]) == {"name", "gmc"}
    assert all(set(outcome) >= KEYS for outcome in found["outcomes"])
    assert "NaN" not in json.dumps(found)


def test_another_method_is_labelled(opening, capsys):
    run(["results", *opening, "--json", "--model", "poisson_binomial"])
    first = answer(capsys)["outcomes"][0]
    assert (first["limits_model"], first["audit_method"]) == ("poisson_binomial", False)
    run(["results", *opening, "--model", "binomial", "--interval", "byar"])
    said = capsys.readouterr().out
    assert "not the audit’s method" in said
    assert "approximate: does not decide the position" in said


def test_inspect_names_issuer_and_trust(opening, capsys):
    assert run(["inspect", *opening, "--json"]) == 0
    found = answer(capsys)
    assert found["verification"] == "example"
    assert "FICTIONAL" in found["trust"]


KINDS = [
    ("funnel", "png", "Funnel plot, Death in hospital"),
    ("funnel", "pdf", "Funnel plot, Death in hospital"),
    ("vlad", "svg", "the VLAD ends"),
    ("calibration", "svg", "Observed deaths by band of predicted risk"),
    ("cusum", "svg", "CUSUM for more events than expected"),
    ("power", "svg", "a truly doubled rate crosses the alert line"),
]


@pytest.mark.parametrize(("kind", "suffix", "told"), KINDS)
def test_every_picture_is_made_and_told_in_words(opening, kind, suffix, told, tmp_path, capsys):
    out = tmp_path / f"picture.{suffix}"
    words = ["chart", *opening, "--outcome", "death", "--kind", kind, "--out", str(out)]
    assert run(words) == 0
    assert told in capsys.readouterr().err
    first = out.read_bytes()
    assert first.startswith({"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}[suffix])
    run(words)
    assert out.read_bytes() == first


def test_a_wrong_password_is_one_line_and_three(opening, tmp_path, capsys):
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("not the password\n")
    assert run(["results", opening[0], "--passphrase-file", str(wrong)]) == 3
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "(E102)" in said.err


@pytest.mark.parametrize("content", [b"", b"\x00" * 50, b"age-encryption.org/v1\n", b"PK\x03\x04"])
def test_any_file_ends_in_one_of_our_errors(content, opening, tmp_path, capsys):
    odd = tmp_path / "odd.age"
    odd.write_bytes(content)
    assert run(["results", str(odd), *opening[1:]]) == 3
    assert capsys.readouterr().err.startswith("plumb: ")
    assert [path.name for path in tmp_path.iterdir()] == ["odd.age"]


def test_a_missing_file_and_an_unknown_outcome_are_told(opening, tmp_path, capsys):
    assert run(["results", str(tmp_path / "absent"), *opening[1:]]) == 3
    out = str(tmp_path / "x.png")
    assert run(["chart", *opening, "--outcome", "nil", "--kind", "funnel", "--out", out]) == 3
    assert not Path(out).exists()
    capsys.readouterr()


def test_a_time_without_a_zone_is_usage(example, tmp_path, capsys):
    words = ["issue", "a.csv", "--audit", "b", "--key", "c", "--recipients", "d", "--out", "e"]
    assert run([*words, "--issued-at", "2026-10-05T09:00:00"]) == 2
    capsys.readouterr()


def test_usage_is_two(capsys):
    assert run(["results"]) == 2
    assert run(["nothing"]) == 2
    assert run(["--version"]) == 0
    capsys.readouterr()


def test_issue_seals_what_its_own_example_needs(example, tmp_path, capsys):
    made = example.folder
    words = [
        "issue", str(made / "national_cases.csv"), "--audit", str(made / "profile.toml"),
        "--key", str(made / "issuer.key"), "--recipients", str(made / "recipients.csv"),
        "--out", str(tmp_path / "out"), "--issued-at", "2026-10-05T09:00:00+00:00",
    ]  # fmt: skip
    assert run(words) == 0
    assert len(list((tmp_path / "out").glob("*.age"))) == 6
    capsys.readouterr()


def test_keys_trust_and_removal_make_a_round(tmp_path, capsys):
    secret = tmp_path / "p.txt"
    secret.write_text("a long made-up passphrase\n")
    keys, trusted = tmp_path / "keys", str(tmp_path / "trusted")
    common = ["--out", str(keys), "--passphrase-file", str(secret)]
    assert run(["keygen", "issuer", *common, "--name", "Made-up Audit", "--code", "MADEUP"]) == 0
    fingerprint = capsys.readouterr().out.strip().rsplit(" ", 1)[-1]
    entry = str(next(keys.rglob("*.trust.json")))
    wrong = fingerprint[::-1]
    assert run(["trust", "add", entry, "--trust", trusted, "--fingerprint", wrong]) == 3
    assert run(["trust", "add", entry, "--trust", trusted, "--fingerprint", fingerprint]) == 0
    run(["trust", "list", "--trust", trusted])
    assert "Made-up Audit" in capsys.readouterr().out
    assert run(["trust", "remove", fingerprint, "--trust", trusted]) == 0
    capsys.readouterr()


def test_a_surgeons_keys_open_what_is_sealed_for_them(example, tmp_path, capsys):
    made = example.folder
    secret = tmp_path / "p.txt"
    secret.write_text("a long made-up passphrase\n")
    words = ["keygen", "surgeon", "--out", str(tmp_path), "--passphrase-file", str(secret)]
    assert run([*words, "--name", "Surgeon 001 (FICTIONAL)", "--gmc", "FICT001"]) == 0
    recipient = json.loads(next(tmp_path.glob("*enrolment*")).read_text())
    age = next(value for value in _strings(recipient) if value.startswith("age1"))
    rows = f"gmc,name,recipient\nFICT001,Surgeon 001 (FICTIONAL),{age}\n"
    (tmp_path / "recipients.csv").write_text(rows)
    issue = [
        "issue", str(made / "national_cases.csv"), "--audit", str(made / "profile.toml"),
        "--key", str(made / "issuer.key"), "--recipients", str(tmp_path / "recipients.csv"),
        "--out", str(tmp_path / "out"),
    ]  # fmt: skip
    assert run(issue) == 0
    sealed = str(next((tmp_path / "out").glob("*.age")))
    identity = str(tmp_path / "identity.age")
    capsys.readouterr()
    opened = ["results", sealed, "--identity", identity, "--identity-passphrase-file", str(secret)]
    assert run([*opened, "--json"]) == 0
    assert answer(capsys)["surgeon"]["gmc"] == "FICT001"


def _strings(value) -> list[str]:
    if isinstance(value, dict):
        return [text for part in value.values() for text in _strings(part)]
    return [value] if isinstance(value, str) else []


def test_a_model_and_over_dispersion_that_contradict_are_refused(opening, capsys):
    words = ["results", *opening, "--model", "poisson", "--overdispersion", "additive"]
    assert run(words) == 3
    assert "contradict" in capsys.readouterr().err
