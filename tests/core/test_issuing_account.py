"""The account of an edition: six questions before a funnel is relied on."""

import json
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import spearmanr

from core.issuing.account_answers import account_of
from tests.core.made_issue import edition, send


def test_the_account_answers_for_the_table(tmp_path: Path) -> None:
    found = account_of(edition()).outcomes[0]
    assert (found.policy.cases, found.policy.observed) == (3, 2)
    assert found.policy.expected == pytest.approx(0.2, rel=1e-12)
    rules = [(rule.words, rule.count) for rule in found.policy.exclusions]
    assert rules == [("Under 18.", 1), ("Over 90.", 1)]
    assert found.policy.left_out == {
        "excluded": 2,
        "follow_up_incomplete": 0,
        "missing_outcome": 1,
        "missing_risk": 1,
    }
    assert (found.sizes.units, found.sizes.fewest, found.sizes.most) == (2, 1, 2)
    assert found.volume is None


def test_the_relation_with_volume_is_spearmans() -> None:
    rng = np.random.default_rng(3)
    rows = [
        f"{surgeon}-{case},G{surgeon},2025-01-01,60,{int(rng.random() < 0.2)},20"
        for surgeon in range(30)
        for case in range(3 + surgeon * 2)
    ]
    made = edition("\n".join(["id,surgeon,day,age,died,risk", *rows]).encode())
    units = made.units("died")
    theirs = spearmanr(units["cases"], units["observed"] / units["expected"])
    volume = account_of(made).outcomes[0].volume
    assert volume is not None
    assert volume.correlation == pytest.approx(theirs.statistic, abs=1e-12)
    assert volume.interval[0] < volume.correlation < volume.interval[1]


def test_the_account_stands_beside_the_extracts(tmp_path: Path) -> None:
    send(tmp_path, "G1,One,,p.txt,")
    page = (tmp_path / "issue-report.md").read_text(encoding="utf-8")
    for number in range(1, 7):
        assert page.count(f"**{number}. ") == 1
    assert "G1" not in page
    assert json.loads((tmp_path / "issue-report.json").read_bytes())["edition_number"] == 1
