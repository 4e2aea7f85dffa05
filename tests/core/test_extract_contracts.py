"""What the manifest declares is what the tables may hold, and nothing else can be issued."""

from dataclasses import replace
from pathlib import Path

import msgspec
import pandas as pd
import pytest

from core.errors import BadColumnError, BadManifestError, DuplicateCaseError, PlumblineError
from core.extract.manifest import Manifest, Outcome, manifest_bytes, read_manifest
from core.extract.opening import Extract, open_extract
from core.extract.schema import ColumnContract, cases_contract
from core.extract.writing import build_archive, seal
from core.sealing import age
from core.sealing.trust import TrustStore

VECTOR = Path(__file__).parents[1] / "vectors" / "extract" / "all_parts.vec"
OPENER = age.Passphrase("FICTIONAL passphrase")


@pytest.fixture(scope="module")
def extract() -> Extract:
    return open_extract(VECTOR.read_bytes().split(b"\n\n", 1)[1], [OPENER], TrustStore())


def built(extract: Extract) -> Extract:
    archive = build_archive(
        extract.manifest, extract.cases, extract.national, extract.models, extract.answers
    )
    return open_extract(seal(archive, [OPENER], work_factor=2), [OPENER], TrustStore())


def test_building_again_gives_the_same(extract: Extract) -> None:
    again = built(extract)
    assert again.manifest == extract.manifest
    assert again.models == extract.models
    pd.testing.assert_frame_equal(again.cases, extract.cases, check_exact=True)
    pd.testing.assert_frame_equal(again.national, extract.national, check_exact=True)
    assert build_archive(again.manifest, again.cases, again.national) == build_archive(
        extract.manifest, extract.cases, extract.national
    )


@pytest.mark.parametrize(
    ("column", "value", "error"),
    [
        ("age", 17.0, BadColumnError),
        ("urgency", "later", BadColumnError),
        ("risk.death", 1.01, BadColumnError),
        ("procedure", "a\x00b", BadColumnError),
        ("case_id", "C2", DuplicateCaseError),
        ("excluded", "late", BadColumnError),
    ],
)
def test_what_cannot_be_opened_is_not_issued(
    extract: Extract, column: str, value: object, error: type[PlumblineError]
) -> None:
    cases = extract.cases.copy()
    cases.loc[0, column] = value
    with pytest.raises(error):
        built(replace(extract, cases=cases))


def test_a_manifest_that_contradicts_itself_is_not_issued(extract: Extract) -> None:
    twice = msgspec.structs.replace(extract.manifest, outcomes=extract.manifest.outcomes * 2)
    with pytest.raises((BadManifestError, ValueError)):
        built(replace(extract, manifest=twice))


def outcome_columns(manifest: Manifest, outcome: Outcome) -> list[ColumnContract]:
    changed = msgspec.structs.replace(manifest, outcomes=(outcome,))
    return [column for column in cases_contract(changed) if "." in column.name]


def test_each_kind_of_outcome_has_its_columns(extract: Extract) -> None:
    binary = extract.manifest.outcomes[0]
    risk, event = outcome_columns(extract.manifest, binary)
    assert (risk.name, risk.minimum, risk.maximum, risk.optional) == ("risk.death", 0, 1, False)
    assert (event.name, event.type, event.required) == ("outcome.death", "flag", False)
    modelled = msgspec.structs.replace(binary, risk_source="euroscore2")
    assert outcome_columns(extract.manifest, modelled)[0].optional
    counted = msgspec.structs.replace(binary, kind="ratio")
    expected, count = outcome_columns(extract.manifest, counted)
    assert (expected.name, expected.minimum, expected.optional) == ("expected.death", 0, False)
    assert (count.type, count.minimum) == ("integer", 0)
    measured = msgspec.structs.replace(binary, kind="continuous")
    expected, value = outcome_columns(extract.manifest, measured)
    assert (value.type, value.minimum, expected.optional) == ("number", -(10**12), True)


def test_a_column_of_a_model_may_be_absent(extract: Extract) -> None:
    outcome = msgspec.structs.replace(extract.manifest.outcomes[0], risk_source="fictional")
    manifest = msgspec.structs.replace(extract.manifest, outcomes=(outcome,))
    cases = extract.cases.drop(columns=["risk.death"])
    assert "risk.death" not in built(replace(extract, manifest=manifest, cases=cases)).cases
    with pytest.raises(ValueError, match="contract"):
        built(replace(extract, cases=cases))


def test_the_manifest_comes_back(extract: Extract) -> None:
    assert read_manifest(manifest_bytes(extract.manifest)) == extract.manifest
    assert b"a_key_of_the_future" in extract.manifest_bytes
