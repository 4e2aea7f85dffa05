"""`plumb check`: the faults planted in the example's first surgeon, and few in the others."""

import json
from pathlib import Path

import pytest

from core.issuing.example import Example
from core.terminal.command import run

KEYS = {"code", "severity", "query", "field", "count", "effect", "message"}


def check(example: Example, number: int, *more: str) -> int:
    opened = ["--passphrase-file", str(example.folder / "passphrase.txt")]
    return run(["check", str(example.extracts[number]), *opened, *more])


def test_every_planted_fault_is_found(example: Example, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(example, 0, "--json") == 1
    findings = json.loads(capsys.readouterr().out)["findings"]
    found = {(finding["code"], finding["field"]): finding["count"] for finding in findings}
    assert found == {
        ("status_conflict", "discharge_status"): 1,
        ("status_conflict", "died_on"): 2,
        ("date_order", "discharged_on"): 1,
        ("date_order", "died_on"): 1,
        ("duplicate", None): 1,
        ("near_duplicate", None): 1,
        ("unmarked_exclusion", "procedure"): 1,
        ("unusual_provider", "provider"): 2,
        ("implausible_value", "age"): 1,
        ("implausible_value", "bmi"): 1,
        ("missing_outcome", "outcome.death"): 2,
        ("missing_outcome", "outcome.return_bleeding"): 1,
        ("missing_risk", "risk.death"): 3,
        ("missing_risk", "risk.return_bleeding"): 2,
        ("missing_value", "bmi"): 2,
        ("missing_value", "lv"): 2,
        ("missing_value", "renal"): 1,
    }
    assert all(set(finding) == KEYS for finding in findings)


def test_the_others_have_gaps_alone(example: Example, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(1, len(example.extracts)):
        check(example, number, "--json")
        findings = json.loads(capsys.readouterr().out)["findings"]
        codes = {finding["code"] for finding in findings}
        assert codes <= {"missing_outcome", "missing_risk", "missing_value"}


def test_in_words_no_case_is_named(example: Example, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(example, 0) == 1
    said = capsys.readouterr().out
    assert said.startswith("18 findings concern 19 cases.")
    assert "May meet an exclusion · Check first" in said
    assert "They do not show that a record is wrong." in said
    cases = (Path(example.folder) / "national_cases.csv").read_text(encoding="utf-8").splitlines()
    named = {line.split(",")[0] for line in cases[1:2000]}
    assert not any(name in said for name in named if len(name) > 4)
