"""A benchmark pack added to an import later: the same line as at the import, and when it came."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest

from core.errors import BadBenchmarkError
from core.extract.archive import CASES, unpack
from core.extract.manifest import Outcome, PublishedRate, RecalibrationStep
from core.extract.writing import seal
from core.flow import Review, open_review
from core.issuing.example import write_example
from core.issuing.later_line import add_pack, lacks_line
from core.issuing.national_line import Pack, open_pack
from core.results.origin_words import origin_words
from core.sealing.age import Passphrase
from core.sealing.trust import TrustState, TrustVerdict
from core.terminal.command import run as plumb
from tests.core import made_import
from tests.core.made_pack import made_pack
from tests.core.test_import_line import TRUST, from_example, reviewed, silent, with_outcomes

ADDED = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_example(tmp_path_factory.mktemp("example"), silent).folder


@pytest.fixture(scope="module")
def pack_file(folder: Path) -> Path:
    return made_pack(folder)


@pytest.fixture(scope="module")
def pack(pack_file: Path) -> Pack:
    return open_pack(pack_file.read_bytes(), TRUST)


@pytest.fixture(scope="module")
def bare(folder: Path) -> Review:
    return reviewed(from_example(folder, None).archive)


def test_the_line_is_that_of_an_import_with_the_pack(
    folder: Path, pack: Pack, bare: Review
) -> None:
    later = reviewed(add_pack(bare.extract, pack, ADDED))
    at_once = reviewed(from_example(folder, pack).archive)
    assert [one.position for one in bare.results if one.kind != "continuous"].count(None) > 0
    for wanted in at_once.results:
        found = later.result(wanted.code)
        assert found.position == wanted.position
        assert (found.expected, found.ratio) == (wanted.expected, wanted.ratio)
        assert found.limits == wanted.limits
        assert len(later.units(wanted.code)) == len(at_once.units(wanted.code))


def test_the_import_stays_as_it_is_and_its_cases_too(pack: Pack, bare: Review) -> None:
    before = bytes(bare.extract.archive)
    archive = add_pack(bare.extract, pack, ADDED)
    assert bare.extract.archive == before
    assert unpack(archive)[CASES] == unpack(before)[CASES]
    assert lacks_line(bare.extract.manifest)
    assert bare.extract.manifest.outcomes[0].national is None


def test_where_it_is_from_says_that_it_was_added_and_when(pack: Pack, bare: Review) -> None:
    made = reviewed(add_pack(bare.extract, pack, ADDED))
    said = " ".join(origin_words(made.extract.manifest))
    assert "added on 30 November 2026" in said
    old, new = bare.extract.manifest.source, made.extract.manifest.source
    assert old is not None
    assert new is not None
    assert new.benchmark is not None
    assert (new.benchmark.digest, new.benchmark.added_at) == (pack.digest, ADDED)
    assert (new.digest, new.mapping, new.rows) == (old.digest, old.mapping, old.rows)
    lined = [one for one in made.results if one.comparison == "adjusted"]
    assert lined
    assert all(
        any("added on 30 November 2026" in words for words in made.funnel(one.code).remarks)
        for one in lined
    )


def test_a_pack_is_added_once(pack: Pack, bare: Review) -> None:
    made = reviewed(add_pack(bare.extract, pack, ADDED))
    assert not lacks_line(made.extract.manifest)
    with pytest.raises(BadBenchmarkError, match="without a national line"):
        add_pack(made.extract, pack, ADDED)


def test_an_issued_extract_takes_none(folder: Path, pack: Pack) -> None:
    passphrase = (folder / "passphrase.txt").read_text().strip()
    sealed = sorted((folder / "extracts").glob("*.age"))[0].read_bytes()
    issued = open_review(sealed, [Passphrase(passphrase)], TRUST, silent)
    with pytest.raises(BadBenchmarkError, match="without a national line"):
        add_pack(issued.extract, pack, ADDED)


def test_a_pack_of_another_audit_or_meaning_is_refused(pack: Pack, bare: Review) -> None:
    other = reviewed(made_import.nvr().archive)
    with pytest.raises(BadBenchmarkError, match="another audit"):
        add_pack(other.extract, pack, ADDED)
    with pytest.raises(BadBenchmarkError, match="in another way"):
        add_pack(bare.extract, with_outcomes(pack, follow_up_days=90), ADDED)


def test_a_pack_whose_risks_are_of_another_kind_gives_no_line(pack: Pack, bare: Review) -> None:
    step = RecalibrationStep(intercept=-0.4, slope=1.0, date=date(2026, 1, 1), source="FICTIONAL")
    supplied = only(pack, lambda one: one.risk_source == "supplied")
    with pytest.raises(BadBenchmarkError, match="no line"):
        add_pack(bare.extract, with_outcomes(supplied, recalibration=step), ADDED)
    unread = only(pack, lambda one: one.kind == "binary")
    with pytest.raises(BadBenchmarkError, match="no line"):
        add_pack(bare.extract, with_outcomes(unread, risk_source="sort_2014"), ADDED)


def only(pack: Pack, wanted: Callable[[Outcome], bool]) -> Pack:
    manifest = pack.envelope.manifest
    outcomes = tuple(one for one in manifest.outcomes if wanted(one))
    other = msgspec.structs.replace(manifest, outcomes=outcomes)
    return replace(pack, envelope=replace(pack.envelope, manifest=other))


def test_the_terminal_adds_a_pack_and_leaves_the_import(
    folder: Path, pack_file: Path, bare: Review, capfd: pytest.CaptureFixture[str]
) -> None:
    sealed, out = folder / "mine.age", folder / "lined.age"
    (folder / "p").write_text("words")
    sealed.write_bytes(seal(bare.extract.archive, [Passphrase("words")], work_factor=4))
    before = sealed.read_bytes()
    words = ["line", str(sealed), "--passphrase-file", str(folder / "p")]
    words += ["--benchmark", str(pack_file), "--trust", str(folder / "trust")]
    assert plumb([*words, "--out", str(sealed)]) == 3
    assert plumb([*words, "--out", str(out)]) == 0
    assert "of the made-up example (FICTIONAL)" in capfd.readouterr().out
    assert sealed.read_bytes() == before
    opened = open_review(out.read_bytes(), [Passphrase("words")], TRUST, silent)
    assert any(one.position is not None for one in opened.results)
    again = ["line", str(out), *words[2:], "--out", str(folder / "twice.age")]
    assert plumb(again) == 3
    assert "E42" in capfd.readouterr().err


def test_a_rate_that_was_typed_stays(pack: Pack, bare: Review) -> None:
    first, *rest = bare.extract.manifest.outcomes
    rated = msgspec.structs.replace(
        first, published=PublishedRate(rate=0.02, source="FICTIONAL report"), comparison="adjusted"
    )
    manifest = msgspec.structs.replace(bare.extract.manifest, outcomes=(rated, *rest))
    made = reviewed(add_pack(replace(bare.extract, manifest=manifest), pack, ADDED))
    kept = made.extract.manifest.outcomes[0]
    assert (kept.published, kept.national) == (rated.published, None)
    assert first.code not in set(made.extract.national["outcome"])


def test_a_trusted_pack_added_later_says_that_it_was_checked_when_it_was_added(
    folder: Path, pack: Pack, bare: Review, monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    verdict = TrustVerdict(TrustState.VERIFIED, "", "An audit (FICTIONAL)")
    trusted = replace(pack, envelope=replace(pack.envelope, verdict=verdict))
    monkeypatch.setattr("core.issuing.national_line.open_pack", lambda data, trust: trusted)
    sealed, phrase = folder / "unlined.age", folder / "phrase"
    phrase.write_text("words")
    sealed.write_bytes(seal(bare.extract.archive, [Passphrase("words")], work_factor=4))
    words = ["line", str(sealed), "--passphrase-file", str(phrase), "--benchmark", str(sealed)]
    assert plumb([*words, "--out", str(folder / "checked.age")]) == 0
    said = capfd.readouterr().out
    assert "by An audit (FICTIONAL), whose signature was checked when it was added; " in said
    assert "at the import" not in said
