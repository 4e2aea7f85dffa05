"""`plumb import` and `plumb benchmark`: what they write, print, refuse, and never print."""

import json
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest

from core.issuing.example import Example
from core.terminal.command import run
from tests.core.made_foreign import (
    CANARIES,
    CONSULTANT,
    OPERATED,
    OWN,
    STATUS,
    URGENCY,
    as_csv,
    nacsa_like,
    nvr_rows,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("import")
    (folder / "nvr.csv").write_bytes(as_csv(nvr_rows()))
    (folder / "pass.txt").write_text("a passphrase\n")
    (folder / "study.key").write_bytes(b"k" * 32)
    return folder


def words(folder: Path, *more: str, out: str = "x.age") -> list[str]:
    opened = ["--passphrase-file", str(folder / "pass.txt"), "--profile", "vascular"]
    file = ["import", str(folder / "nvr.csv"), "--out", str(folder / out)]
    return [*file, *opened, "--study-key", str(folder / "study.key"), *more]


def own(folder: Path, *more: str, out: str = "x.age") -> int:
    return run(words(folder, "--gmc", OWN, "--name", "FICTIONAL surgeon", *more, out=out))


def test_an_import_opens_as_any_extract_does(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert own(folder) == 0
    said = capsys.readouterr().out
    assert "not signed by the audit" in said
    assert "Surname: is not taken over (name)" in said
    opened = ["--passphrase-file", str(folder / "pass.txt"), "--json"]
    assert run(["results", str(folder / "x.age"), *opened]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["verification"] == "unsigned"
    assert found["surgeon"]["gmc"] == OWN
    death = found["outcomes"][0]
    assert death["code"] == "aaa_death"
    assert death["position"] is None
    assert death["limits"][0]["upper"] is None


def with_a_hidden_sheet(folder: Path) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "Read me"
    book.active.append(["A note", "and another"])
    book.active.append(["FICTIONAL", "words"])
    cases = book.create_sheet("Cases")
    for row in nvr_rows():
        cases.append(row)
    cases.sheet_state = "hidden"
    book.save(folder / "hidden.xlsx")
    return folder / "hidden.xlsx"


def test_a_hidden_sheet_is_read_only_when_asked(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = words(folder, "--gmc", OWN, "--sheet", "Cases", "--json", out="hidden.age")
    asked[1] = str(with_a_hidden_sheet(folder))
    assert run(asked) == 3
    told = capsys.readouterr().err
    assert "That sheet is hidden. Give --hidden too" in told
    assert run([*asked, "--hidden"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["table"] == "hidden.xlsx › Cases"
    assert found["cases"] == 160
    assert any("Hidden sheets, read as was asked: 1" in one for one in found["remarks"])


def test_tables_are_offered_by_place_and_never_by_name(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = words(folder, "--gmc", OWN, "--sheet", "Nowhere", out="hidden.age")
    asked[1] = str(with_a_hidden_sheet(folder))
    assert run(asked) == 3
    told = capsys.readouterr().err
    assert "1: 2 rows of 2 columns" in told
    assert "Hidden, and counted with --hidden: 1." in told
    assert not [name for name in ("hidden.xlsx", "Read me", "Cases") if name in told]


def test_a_table_is_chosen_by_its_place(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = words(folder, "--gmc", OWN, "--sheet", "2", "--json", "--hidden", out="hidden.age")
    asked[1] = str(with_a_hidden_sheet(folder))
    assert run(asked) == 0
    assert json.loads(capsys.readouterr().out)["table"] == "hidden.xlsx › Cases"


def test_a_files_name_is_shown_without_what_looks_like_an_identifier(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = words(folder, "--gmc", OWN, "--json", out="named.age")
    named = folder / "Mr_John_Smith 943 476 5919.csv"
    named.write_bytes(Path(asked[1]).read_bytes())
    asked[1] = str(named)
    assert run(asked) == 0
    told = capsys.readouterr().out
    assert json.loads(told)["file"] == "[name of a person removed] [NHS number removed].csv"
    assert json.loads(told)["digest"] == sha256(named.read_bytes()).hexdigest()
    opened = ["--passphrase-file", str(folder / "pass.txt")]
    assert run(["inspect", str(folder / "named.age"), *opened]) == 0
    told = capsys.readouterr().out
    assert not [part for part in ("John", "Smith", "5919.csv") if part in told]


def test_the_answer_holds_no_cell(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert own(folder, "--json") == 0
    answer = capsys.readouterr().out
    found = json.loads(answer)
    assert found["cases"] == 160
    assert found["other_surgeons"] == 40
    assert {one["kind"] for one in found["identifying"]} == {
        "nhs_number", "name", "birth_date", "postcode", "hospital_number"
    }  # fmt: skip
    assert not [one for one in CANARIES if one.decode().casefold() in answer.casefold()]


def test_a_saved_mapping_is_used_again(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mapping = str(folder / "m.toml")
    assert own(folder, "--save-mapping", mapping) == 0
    assert run(words(folder, "--mapping", mapping, "--json", out="y.age")) == 0
    said = capsys.readouterr().out
    assert json.loads(said[said.index("{\n") :])["cases"] == 160


def test_a_published_rate_is_said_in_the_results(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rate = ["--rate", "aaa_death=1.2%", "--rate-source", "Annual report (FICTIONAL)"]
    assert own(folder, *rate) == 0
    capsys.readouterr()
    assert (
        run(["results", str(folder / "x.age"), "--passphrase-file", str(folder / "pass.txt")]) == 0
    )
    assert "from: Annual report (FICTIONAL)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("more", "code", "told"),
    [
        ((), 3, "E423"),
        (("--surgeon", "absent"), 3, "E426"),
        (("--surgeon", OWN, "--rate", "aaa_death=0.1"), 3, "E801"),
        (("--surgeon", OWN, "--rate", "aaa_death=2"), 2, "rate"),
        (("--surgeon", OWN, "--sheet", "absent"), 3, "E801"),
        (("--surgeon", OWN, "--rate", "absent=0.1", "--rate-source", "s"), 3, "aaa_death"),
    ],
)
def test_what_cannot_be_imported_is_told_in_one_line(
    folder: Path,
    more: tuple[str, ...],
    code: int,
    told: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(words(folder, *more, out="z.age")) == code
    assert told in capsys.readouterr().err
    assert not (folder / "z.age").exists()


def test_the_file_is_never_replaced_by_what_is_made_of_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (folder / "nvr.csv").read_bytes()
    assert own(folder, out="nvr.csv") == 3
    assert "E801" in capsys.readouterr().err
    assert (folder / "nvr.csv").read_bytes() == before


@pytest.mark.parametrize("path", ["below/../nvr.csv", "link.csv", "hard.csv"])
def test_nor_by_another_path_to_it(
    folder: Path, path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "below").mkdir(exist_ok=True)
    for name, make in (("link.csv", Path.symlink_to), ("hard.csv", Path.hardlink_to)):
        if not (folder / name).exists():
            make(folder / name, folder / "nvr.csv")
    before = (folder / "nvr.csv").read_bytes()
    assert own(folder, out=path) == 3
    assert own(folder, "--save-mapping", str(folder / path)) == 3
    assert capsys.readouterr().err.count("E801") == 2
    assert (folder / "nvr.csv").read_bytes() == before


def test_a_pack_replaces_nothing_it_is_made_from(
    example: Example, capsys: pytest.CaptureFixture[str]
) -> None:
    made = example.folder
    table, audit, key = (
        made / name for name in ("national_cases.csv", "profile.toml", "issuer.key")
    )
    before = [path.read_bytes() for path in (table, audit, key)]
    words = ["benchmark", str(table), "--audit", str(audit), "--key", str(key)]
    words += ["--key-passphrase-file", str(made / "passphrase.txt")]
    for path in (table, audit, made / "trust" / ".." / "issuer.key"):
        assert run([*words, "--out", str(path)]) == 3
        assert "E801" in capsys.readouterr().err
    assert [path.read_bytes() for path in (table, audit, key)] == before


def test_an_unknown_profile_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    again = [word if word != "vascular" else "absent" for word in words(folder)]
    assert run(again) == 3
    assert "E406" in capsys.readouterr().err


def test_a_pack_made_in_a_terminal_gives_an_import_its_line(
    example: Example, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = example.folder
    passphrase = str(made / "passphrase.txt")
    key = ["--key", str(made / "issuer.key"), "--key-passphrase-file", passphrase]
    table, audit = str(made / "national_cases.csv"), str(made / "profile.toml")
    pack = str(folder / "x.pack")
    assert run(["benchmark", table, "--audit", audit, *key, "--out", pack]) == 0
    assert "no patient" in capsys.readouterr().out
    out = str(folder / "e.age")
    sealed = ["--out", out, "--passphrase-file", passphrase, "--benchmark", pack]
    who = ["--surgeon", "FICT002", "--gmc", "FICT002", "--name", "FICTIONAL"]
    assert run(["import", table, "--profile", audit, *who, *sealed]) == 0
    capsys.readouterr()
    assert run(["results", out, "--passphrase-file", passphrase, "--json"]) == 0
    outcomes = json.loads(capsys.readouterr().out)["outcomes"]
    assert all(one["position"] is not None for one in outcomes)
    assert all(one["national_units"] > 100 for one in outcomes)


def test_a_file_without_headings_is_assigned_by_place(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "scts.csv").write_bytes(nacsa_like())
    places = {
        "operated_on": OPERATED,
        "surgeon": CONSULTANT,
        "urgency": URGENCY,
        "survived": STATUS,
    }
    assigned = [word for name, at in places.items() for word in ("--assign", f"{name}={at}")]
    codes = ["--code", "survived=0. Alive=1", "--code", "survived=1. Dead=0"]
    sealed = ["--out", str(folder / "n.age"), "--passphrase-file", str(folder / "pass.txt")]
    file = ["import", str(folder / "scts.csv"), "--profile", "NACSA", "--gmc", OWN, *sealed]
    assert run([*file, *assigned, *codes, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["cases"] == 90
    assert not [one for one in found["problems"] if one["column"] == f"Field {STATUS}"]
    assert run([*file, "--assign", "absent=3"]) == 3
    assert "E421" in capsys.readouterr().err


def test_a_guess_that_nobody_confirmed_stands_with_the_figures(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (
        "Date of procedure,Died in hospital,risk_aaa_death\n01/02/2024,No,0.4\n02/02/2024,Yes,2\n"
    )
    (folder / "short.csv").write_text(text)
    sealed = ["--out", str(folder / "s.age"), "--passphrase-file", str(folder / "pass.txt")]
    file = ["import", str(folder / "short.csv"), "--profile", "vascular", "--json", *sealed]
    assert run(file) == 0
    found = json.loads(capsys.readouterr().out)
    assert len(found["questions"]) == 2
    guesses = [words for words in found["remarks"] if words.startswith("Guessed")]
    assert guesses == [
        "Guessed and not confirmed, column 'risk_aaa_death': scale, percent.",
        "Guessed and not confirmed, column 'Date of procedure': date order, day first.",
    ]
    assert run([*file, "--date-order", "day-first", "--risk-scale", "percent"]) == 0
    answered = json.loads(capsys.readouterr().out)
    assert answered["questions"] == []
    assert not [words for words in answered["remarks"] if words.startswith("Guessed")]
