"""`plumb risk` and `plumb audits`: what ships is listed, risks are the published ones."""

import csv
import io
import json
import math

import pytest

from core.audits.library import load_profile, profile_names
from core.risk.library import model_names
from core.terminal.command import run

MODEL = "resect90"
CASES = """case_id,asa,urgency,specialty,severity,malignancy,age
first,III,Ele,Colorectal,Xma,1,70
second,II,Ele,Colorectal,Maj,0,50
third,II,,Colorectal,Maj,0,50
fourth,II,Ele,Colorectal,Maj,0,500
"""


@pytest.fixture
def cases(tmp_path):
    path = tmp_path / "cases.csv"
    path.write_text(CASES, encoding="utf-8")
    return path


def rows(capsys) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


def test_audits_lists_every_profile_that_ships(capsys):
    assert run(["audits", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)["audits"]
    shipped = [load_profile(name) for name in profile_names()]
    assert [one["code"] for one in listed] == [profile.audit.code for profile in shipped]
    assert all(one.keys() == listed[0].keys() for one in listed)
    cardiac = next(one for one in listed if one["code"] == "NACSA")
    assert (cardiac["level"], cardiac["outcomes"]) == ("surgeon", "survival")


def test_audits_stand_in_columns(capsys):
    assert run(["audits"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(profile_names()) + 1
    start = lines[0].index("specialty")
    assert all(line[start - 1] == " " and line[start] != " " for line in lines)


def test_risk_lists_the_models(capsys):
    assert run(["risk", "--list"]) == 0
    assert capsys.readouterr().out.split() == list(model_names())


def test_risks_are_the_published_ones(shared_path, tmp_path, capsys):
    path = shared_path("risk_models/vectors.csv", "PLUMBLINE_RISK_VECTORS")
    with path.open(encoding="utf-8", newline="") as file:
        vectors = [row for row in csv.DictReader(file) if row["model"] == MODEL]
    inputs = [json.loads(row["input"]) for row in vectors]
    table = tmp_path / "vectors.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, inputs[0])
        writer.writeheader()
        writer.writerows(inputs)
    assert run(["risk", MODEL, str(table)]) == 0
    found = [float(row["risk"]) for row in rows(capsys)]
    assert found == pytest.approx([float(row["expected_risk"]) for row in vectors], abs=1e-6)


def test_a_risk_is_what_its_contributions_add_up_to(cases, capsys):
    assert run(["risk", "sort_2014", str(cases)]) == 0
    first, second, *_ = rows(capsys)
    odds = [math.log(float(row["risk"]) / (1 - float(row["risk"]))) for row in (first, second)]
    added = [
        sum(float(cell) for name, cell in row.items() if name.endswith("(log-odds)"))
        for row in (first, second)
    ]
    assert odds[0] - odds[1] == pytest.approx(added[0] - added[1], abs=1e-9)
    assert added[0] > added[1]


def test_a_case_without_a_risk_says_why_and_never_what_it_held(cases, capsys):
    run(["risk", "sort_2014", str(cases)])
    _, _, third, fourth = rows(capsys)
    assert (third["risk"], third["why_missing"]) == ("", "urgency is missing")
    assert fourth["risk"] == ""
    assert fourth["why_missing"].startswith("age must be a number from ")
    assert "500" not in fourth.values()


def test_every_answer_says_that_it_is_no_calculator(cases, capsys):
    run(["risk", "sort_2014", str(cases)])
    said = capsys.readouterr()
    assert "not a calculator for patients being treated" in said.err
    assert "calculator" not in said.out


def test_a_documented_default_is_used_only_when_asked_for_and_named(tmp_path, capsys):
    """EuroSCORE II at 60 with nothing else: its authors' calculator gives 0.50 %."""
    path = tmp_path / "cases.csv"
    path.write_text("case_id,age\nfirst,60\n", encoding="utf-8")
    run(["risk", "euroscore2", str(path)])
    assert rows(capsys)[0]["risk"] == ""
    run(["risk", "euroscore2", str(path), "--use-defaults"])
    said = capsys.readouterr()
    (first,) = csv.DictReader(io.StringIO(said.out))
    assert float(first["risk"]) == pytest.approx(0.0050, abs=5e-5)
    assert "lv: missing in 1 of 1 cases, taken as the authors' default." in said.err
    assert "age: " not in said.err


def test_a_value_held_at_the_models_limit_is_counted(tmp_path, capsys):
    """Albumin of 70 g/L lies above the 55 g/L at which the model's curve is held."""
    names = "age,asa,albumin_g_l,pulse,sbp,urea_mmol_l,wcc,gcs,malignancy,respiratory,urgency,"
    case = "60,3,70,90,120,5,8,15,none,none,gt18h,obstruction,none"
    path = tmp_path / "cases.csv"
    path.write_text(f"{names}indication_group,soiling\n{case}\n", encoding="utf-8")
    run(["risk", "nela_2020_parsimonious", str(path)])
    assert "albumin_g_l: beyond the range in 1 of 1 cases" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["absent", "CASES"], "No risk model of that name is known."),
        (["sort_2014", "absent.csv"], "could not be read"),
        (["sort_2014", "BROKEN"], "Row 1 has 1 cells; the header has 2."),
    ],
)
def test_what_cannot_be_answered_is_one_line(words, said, cases, tmp_path, capsys):
    broken = tmp_path / "broken.csv"
    broken.write_text("a,b\n1\n", encoding="utf-8")
    paths = {"CASES": str(cases), "BROKEN": str(broken)}
    assert run(["risk", *(paths.get(word, word) for word in words)]) == 3
    answer = capsys.readouterr()
    assert answer.out == ""
    assert said in answer.err
    assert answer.err.startswith("plumb: ")
    assert answer.err.count("\n") == 1


def test_a_table_without_the_models_factors_is_an_error(tmp_path, capsys):
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("a,b\n1,2\n")
    assert run(["risk", "sort_2014", str(wrong)]) == 3
    assert "(E403)" in capsys.readouterr().err
