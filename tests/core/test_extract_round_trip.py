"""What is written into an extract is what comes out of it."""

from datetime import UTC, date, datetime

import numpy as np
import pandas as pd

from core.extract.manifest import (
    Audit,
    Exclusion,
    Field,
    Manifest,
    Outcome,
    Period,
    Surgeon,
)
from core.extract.opening import open_extract
from core.extract.writing import build_archive, seal
from core.sealing.age import X25519Identity
from core.sealing.example_keys import example_issuer, example_trust_entry
from core.sealing.trust import TrustState, TrustStore

IDENTITY = X25519Identity(bytes(range(32)))
EXAMPLE = TrustStore((example_trust_entry(),))


def manifest() -> Manifest:
    return Manifest(
        format="plumbline-extract/1",
        audit=Audit(code="EXAMPLE-CARDIAC", name="FICTIONAL audit", organisation="FICTIONAL"),
        series="FICTIONAL",
        edition_number=1,
        level="surgeon",
        surgeon=Surgeon(name="FICTIONAL surgeon", gmc="0000000"),
        period=Period(start=date(2021, 4, 1), end=date(2024, 3, 31)),
        follow_up_to=date(2024, 6, 30),
        issued_at=datetime(2024, 9, 1, 9, tzinfo=UTC),
        attribution="The first operator.",
        fields=(
            Field(name="age", label="Age", type="integer", minimum=18, maximum=110),
            Field(name="creatinine", label="Creatinine", type="number", minimum=0),
            Field(name="urgency", label="Urgency", type="code", allowed=("elective", "urgent")),
            Field(name="diabetes", label="Diabetes", type="flag"),
            Field(name="admitted", label="Admitted", type="date"),
            Field(name="note", label="Note", type="text"),
        ),
        outcomes=(
            Outcome(code="death", label="Death", kind="binary", definition="In hospital."),
            Outcome(code="returns", label="Returns", kind="ratio", definition="To theatre."),
        ),
        exclusions=(Exclusion(code="emergency", words="Emergencies.", count=1),),
        files={},
        self_unit="U1",
    )


def cases() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "case_id": ["A-1", "A-2", "A-3"],
            "operated_on": pd.to_datetime(["2021-04-01", "2022-02-28", "2024-03-31"]),
            "procedure": ["CABG", 'Valve, "mitral"', None],
            "provider": ["Hôpital", "North\r\nSouth", None],
            "excluded": ["", "emergency", ""],
            "age": [71.0, np.nan, 18.0],
            "creatinine": [0.1 + 0.2, 5e-324, np.nan],
            "urgency": ["elective", None, "urgent"],
            "diabetes": [1.0, np.nan, 0.0],
            "admitted": pd.to_datetime(["2021-03-31", None, "2024-02-29"]),
            "note": ["  spaced ", "NA", None],
            "risk.death": [1 / 3, np.nan, 1.0],
            "outcome.death": [0.0, 1.0, np.nan],
            "expected.returns": [0.07, 2.0, np.nan],
            "outcome.returns": [3.0, 0.0, np.nan],
        }
    )


def national() -> pd.DataFrame:
    rows = [
        ("death", "2021-04-01/2024-03-31", "U1", 2, 1, 1.25),
        ("returns", "2021-04-01/2024-03-31", "U1", 3, 3, 2.07),
    ]
    columns = ["outcome", "period", "unit", "cases", "observed", "expected"]
    return pd.DataFrame(rows, columns=columns)


def answers() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "query": ["Q1"],
            "case_id": ["A-2"],
            "field": ["age"],
            "answered_on": pd.to_datetime(["2024-08-01"]),
            "decision": ["accepted"],
            "words": ["Corrected, thank you."],
        }
    )


def sealed(**parts: object) -> bytes:
    archive = build_archive(manifest(), cases(), national(), **parts)
    return seal(archive, [IDENTITY.recipient])


def test_tables_come_back_as_they_went_in() -> None:
    models = {"models/own.toml": b"id = 'own'\n"}
    extract = open_extract(
        sealed(models=models, answers=answers(), issuer=example_issuer()), [IDENTITY], EXAMPLE
    )
    pd.testing.assert_frame_equal(extract.cases, cases(), check_dtype=False, check_exact=True)
    pd.testing.assert_frame_equal(extract.national, national(), check_dtype=False)
    pd.testing.assert_frame_equal(extract.answers, answers(), check_dtype=False)
    assert extract.models == models
    assert extract.verdict.state is TrustState.EXAMPLE
