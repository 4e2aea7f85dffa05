"""Issuing under a profile's rules: risks from each source, free text, hidden peers."""

from pathlib import Path

import numpy as np
import pytest

from core.audits.profile import parse_profile
from core.errors import BadTableError
from core.intake.cases import cases_from
from core.intake.table import read_table
from core.issuing.risks import with_risks
from tests.core.made_issue import PROFILE, SUPPLIED, TABLE, edition, opened, profile, send


@pytest.mark.parametrize("risk", ["101", "-1", "x"])
def test_a_risk_outside_its_scale_is_refused(risk: str) -> None:
    data = f"id,surgeon,day,age,died,risk\n1,G1,2025-01-01,60,0,{risk}\n".encode()
    with pytest.raises(BadTableError, match=r"^Row 1, column 'risk'"):
        edition(data)


def risks_by(risk: str, *, favourable: bool = False) -> list[float]:
    ruled = profile(risk)
    if favourable:
        ruled = profile(risk + ', direction = "favourable"')
    table = read_table(TABLE)
    found = with_risks(cases_from(table, ruled), ruled).cases["risk.died"]
    return found.tolist()


def test_a_logistic_risk_reads_fields_and_columns() -> None:
    rule = "risk = { logistic = { intercept = -2.0, terms = { age = 0.02, risk = 0.1 } } }"
    found = risks_by(rule)
    assert found[0] == pytest.approx(1 / (1 + np.exp(2 - 0.02 * 60 - 0.1 * 2.5)))
    assert np.isnan(found[5])
    assert np.isnan(found[7])


def test_a_stated_recalibration_shifts_the_log_odds() -> None:
    stated = 'recalibration = { intercept = 0.5, slope = 2, date = 2025-01-01, source = "s" }'
    found = risks_by(f"{SUPPLIED}, {stated}")
    odds = np.exp(0.5) * (0.1 / 0.9) ** 2
    assert found[1] == pytest.approx(odds / (1 + odds))


def test_a_supplied_risk_of_a_favourable_outcome_is_as_recorded() -> None:
    assert risks_by(SUPPLIED, favourable=True)[0] == risks_by(SUPPLIED)[0]


def test_free_text_comes_back_as_it_was(tmp_path: Path) -> None:
    text = 'Ward 4, "east"\nwing; é'
    quoted = text.replace('"', '""')
    data = f'id,surgeon,day,age,died,risk,where\n1,G1,2025-01-01,60,0,5,"{quoted}"\n'.encode()
    placed = PROFILE.replace('"id" }', '"id", provider = "where" }')
    ruled = parse_profile(placed.encode(), "profile.toml")
    send(tmp_path, "G1,One,,p,", made=edition(data, rules=ruled))
    assert opened(tmp_path / "TEST-G1-1.age").cases["provider"].tolist() == [text]


def test_an_outcome_without_any_risk_is_issued_with_every_case_left_out(tmp_path: Path) -> None:
    bare = parse_profile(PROFILE.replace(f", {SUPPLIED}", "").encode(), "profile.toml")
    send(tmp_path, "G1,One,,p,", made=edition(rules=bare))
    extract = opened(tmp_path / "TEST-G1-1.age")
    figures = extract.manifest.outcome("died").issued
    assert figures is not None
    assert (figures.cases, figures.observed, figures.position) == (0, 0, "too_few")
    assert extract.manifest.self_unit is None
    assert extract.national.empty


def test_hidden_peers_are_not_in_the_extract(tmp_path: Path) -> None:
    hidden = profile(SUPPLIED + ', peers = "hidden"')
    send(tmp_path, "G1,One,,p,", made=edition(rules=hidden))
    extract = opened(tmp_path / "TEST-G1-1.age")
    assert extract.national["unit"].tolist() == [extract.manifest.self_unit]
