"""`plumb summary`: typed totals give the extract that typing them in the window gives."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest

from core.audits.library import load_profile
from core.errors import BadManifestError
from core.extract.consistency import check_manifest
from core.extract.manifest import Surgeon, TypedTotals
from core.extract.opening import open_extract
from core.issuing.imported import Terms
from core.issuing.typed_summary import TypedFigures, summary_extract
from core.sealing.age import Passphrase, X25519Identity
from core.sealing.trust import TrustStore
from core.terminal.command import run

SOURCE = "Portal summary (FICTIONAL), March 2026"
TOTALS = ("--cases", "survival=400", "--observed", "survival=12", "--expected", "survival=10")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pass.txt").write_text("a passphrase\n")
    return tmp_path


def words(folder: Path, *totals: str, out: str = "x.age") -> list[str]:
    period = ["--from", "2023-04-01", "--to", "2026-03-31"]
    who = ["--gmc", "FICT001", "--name", "FICTIONAL surgeon", "--source", SOURCE]
    sealed = ["--out", str(folder / out), "--passphrase-file", str(folder / "pass.txt")]
    return ["summary", "--profile", "adult_cardiac", *period, *who, *sealed, *totals]


def results(folder: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    capsys.readouterr()
    opened = ["--passphrase-file", str(folder / "pass.txt"), "--json"]
    assert run(["results", str(folder / "x.age"), *opened]) == 0
    (found,) = json.loads(capsys.readouterr().out)["outcomes"]
    return dict(found)


def test_it_opens_with_ratio_interval_and_position(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exact Poisson 95 % interval of 12 events: 6.2006 to 20.9616 (Garwood 1936, tables)."""
    assert run(words(folder, *TOTALS, "--rate", "survival=2.5%")) == 0
    said = capsys.readouterr().out
    assert "typed by the surgeon" in said
    assert "12 of 400 cases, 10 expected, national rate 2.5 %" in said
    assert SOURCE in said
    found = results(folder, capsys)
    assert (found["cases"], found["observed"], found["expected"]) == (400, 12, 10.0)
    assert found["ratio"] == pytest.approx(1.2)
    assert found["ratio_interval"] == pytest.approx([0.62006, 2.09616], abs=1e-5)
    assert found["position"] == "within"
    assert found["typed"] is True


def test_it_is_the_extract_of_the_window(folder: Path) -> None:
    assert run(words(folder, *TOTALS, "--rate", "survival=0.025")) == 0
    sealed = (folder / "x.age").read_bytes()
    made = open_extract(sealed, [Passphrase("a passphrase")], TrustStore()).manifest
    figures = {"survival": TypedFigures(400, 12, 10.0, 0.025, SOURCE)}
    terms = Terms(
        surgeon=Surgeon(name="FICTIONAL surgeon", gmc="FICT001"),
        key=b"k" * 32,
        made_at=datetime(2026, 11, 22, tzinfo=UTC),
        start=date(2023, 4, 1),
        end=date(2026, 3, 31),
    )
    _, typed = summary_extract(figures, load_profile("adult_cardiac"), terms)
    same = {"issued_at": made.issued_at, "files": made.files}
    assert msgspec.structs.replace(typed, **same) == made


def test_without_expected_events_or_a_rate_no_position_is_given(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(words(folder, *TOTALS)) == 0
    assert "There is no national line" in capsys.readouterr().out
    assert results(folder, capsys)["position"] is None
    assert run(words(folder, *TOTALS[:4], "--rate", "survival=2.5%")) == 0
    assert "a crude rate alone" in capsys.readouterr().out
    found = results(folder, capsys)
    assert (found["position"], found["expected"]) == (None, None)
    assert found["crude_rate"] == pytest.approx(0.03)


def test_json_is_one_object(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*words(folder, *TOTALS, "--rate", "survival=2.5%"), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["verification"] == "unsigned"
    assert found["period"] == {"start": "2023-04-01", "end": "2026-03-31"}
    (one,) = found["outcomes"]
    assert (one["code"], one["national_rate"], one["comparison"]) == ("survival", 0.025, "adjusted")


def test_it_is_sealed_for_an_identity_where_one_is_given(folder: Path) -> None:
    key = X25519Identity.generate()
    (folder / "identity").write_text(f"{key.text}\n")
    asked = words(folder, *TOTALS)
    at = asked.index("--passphrase-file")
    asked[at : at + 2] = ["--identity", str(folder / "identity")]
    assert run(asked) == 0
    assert open_extract((folder / "x.age").read_bytes(), [key], TrustStore()).manifest.outcomes


@pytest.mark.parametrize(
    ("totals", "said"),
    [
        (("--cases", "survival=400"), "needs cases and observed events"),
        ((), "needs cases and observed events"),
        ((*TOTALS, "--cases", "survival=300"), "--cases is given twice"),
        ((*TOTALS, "--rate", "nowhere=2%"), "no such outcome"),
        (("--cases", "survival=4", "--observed", "survival=5"), "more events than cases"),
        ((*TOTALS, "--rate", "survival=0.00001"), "do not fit"),
        ((*TOTALS, "--rate", "survival=0"), "leaves no line"),
        ((*TOTALS, "--rate", "survival=100%"), "leaves no line"),
        (("--cases", "survival=1000001", "--observed", "survival=5"), "from 1 to 1,000,000"),
        ((*TOTALS, "--name", ""), "name is missing"),
        ((*TOTALS, "--name", "x" * 201), "name is missing"),
        ((*TOTALS, "--gmc", ""), "GMC number"),
        ((*TOTALS, "--gmc", "1" * 65), "GMC number"),
        ((*TOTALS, "--gmc", "１２"), "GMC number"),
        ((*TOTALS, "--to", "2999-03-31"), "in the future"),
        ((*TOTALS, "--source", "portal, 943 476 5919"), "NHS number"),
        ((*TOTALS, "--source", "portal, ９４３４７６５９１９"), "NHS number"),
    ],
)
def test_contradictory_totals_are_refused_and_nothing_is_written(
    folder: Path, totals: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(words(folder, *totals)) == 3
    assert said in capsys.readouterr().err
    assert not (folder / "x.age").exists()


@pytest.mark.parametrize(
    "wrong", ["survival", "survival=many", "=4", "survival=1.5", "survival=1_0", "survival=２"]
)
def test_what_is_no_count_is_usage(folder: Path, wrong: str) -> None:
    assert run(words(folder, "--cases", wrong, "--observed", "survival=1")) == 2


def test_a_million_cases_are_borne_and_a_made_up_extract_of_more_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    most = ("--cases", "survival=1000000", "--observed", "survival=12000")
    assert run(words(folder, *most, "--expected", "survival=10000", "--rate", "survival=1%")) == 0
    assert results(folder, capsys)["cases"] == 1_000_000
    sealed = (folder / "x.age").read_bytes()
    made = open_extract(sealed, [Passphrase("a passphrase")], TrustStore()).manifest
    (outcome,) = made.outcomes
    totals = TypedTotals(cases=10**9, observed=0)
    with pytest.raises(BadManifestError, match="more typed cases"):
        check_manifest(
            msgspec.structs.replace(
                made, outcomes=(msgspec.structs.replace(outcome, typed=totals),)
            )
        )


@pytest.mark.parametrize("out", ["", ".", "/", ".."])
def test_an_output_that_is_a_folder_or_no_name_is_told_in_one_line(
    folder: Path, out: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    assert run([*words(folder, *TOTALS), "--out", out]) == 3
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("plumb: The file could not be written: ")


def test_it_needs_its_period(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = words(folder, *TOTALS)
    del asked[asked.index("--from") : asked.index("--from") + 2]
    assert run(asked) == 3
    assert "first and the last day" in capsys.readouterr().err


def test_it_never_replaces_what_it_reads(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(words(folder, *TOTALS, out="pass.txt")) == 3
    assert (folder / "pass.txt").read_text() == "a passphrase\n"
