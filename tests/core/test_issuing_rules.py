"""Issuing under a profile's rules: risks from each source, free text, hidden peers."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from core.audits.profile import Profile, parse_profile
from core.errors import (
    BadTableError,
)
from core.extract.opening import Extract, open_extract
from core.intake.cases import cases_from
from core.intake.table import read_table
from core.issuing.edition import prepare
from core.issuing.issue import issue
from core.issuing.recipients import read_recipients
from core.issuing.risks import with_risks
from core.sealing.age import Passphrase
from core.sealing.example_keys import example_issuer
from core.sealing.trust import TrustStore

PROFILES = Path(__file__).resolve().parents[1] / "profiles"
PROFILE = (PROFILES / "issuing.toml").read_text(encoding="utf-8")
TABLE = (PROFILES / "issuing.csv").read_bytes()
SUPPLIED = 'risk = { column = "risk", scale = "percent" }'
ISSUED_AT = datetime(2026, 2, 28, 12, tzinfo=UTC)
PASSPHRASE = "no one else knows"


def profile(risk: str = SUPPLIED) -> Profile:
    return parse_profile(PROFILE.replace(SUPPLIED, risk).encode(), "profile.toml")


def silent(done: int, total: int, label: str) -> None:
    """Nobody watches."""


def recipients(*rows: str) -> bytes:
    header = "gmc,name,recipient,passphrase_file,signing_key_sha256"
    return "\n".join((header, *rows, "")).encode()


def opened(path: Path) -> Extract:
    return open_extract(path.read_bytes(), [Passphrase(PASSPHRASE)], TrustStore())


@pytest.mark.parametrize("risk", ["101", "-1", "x"])
def test_a_risk_outside_its_scale_is_refused(risk: str) -> None:
    data = f"id,surgeon,day,age,died,risk\n1,G1,2025-01-01,60,0,{risk}\n".encode()
    with pytest.raises(BadTableError, match=r"^Row 1, column 'risk'"):
        prepare(read_table(data), profile(), example_issuer(), ISSUED_AT, silent)


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
    made = prepare(read_table(data), ruled, example_issuer(), ISSUED_AT, silent)
    addressees = read_recipients(recipients("G1,One,,p,"), lambda name: PASSPHRASE.encode())
    issue(made, addressees, tmp_path, silent, work_factor=4)
    assert opened(tmp_path / "TEST-G1-1.age").cases["provider"].tolist() == [text]


def test_an_outcome_without_any_risk_is_issued_with_every_case_left_out(tmp_path: Path) -> None:
    bare = parse_profile(PROFILE.replace(f", {SUPPLIED}", "").encode(), "profile.toml")
    made = prepare(read_table(TABLE), bare, example_issuer(), ISSUED_AT, silent)
    addressees = read_recipients(recipients("G1,One,,p,"), lambda name: PASSPHRASE.encode())
    issue(made, addressees, tmp_path, silent, work_factor=4)
    extract = opened(tmp_path / "TEST-G1-1.age")
    figures = extract.manifest.outcome("died").issued
    assert figures is not None
    assert (figures.cases, figures.observed, figures.position) == (0, 0, "too_few")
    assert extract.manifest.self_unit is None
    assert extract.national.empty


def test_hidden_peers_are_not_in_the_extract(tmp_path: Path) -> None:
    hidden = PROFILE.replace(SUPPLIED, SUPPLIED + ', peers = "hidden"')
    made = prepare(
        read_table(TABLE),
        parse_profile(hidden.encode(), "profile.toml"),
        example_issuer(),
        ISSUED_AT,
        silent,
    )
    addressees = read_recipients(recipients("G1,One,,p,"), lambda name: PASSPHRASE.encode())
    issue(made, addressees, tmp_path, silent, work_factor=4)
    extract = opened(tmp_path / "TEST-G1-1.age")
    assert extract.national["unit"].tolist() == [extract.manifest.self_unit]
