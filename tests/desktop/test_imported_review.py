"""An imported file goes where an extract goes: a pack's line, notes, marked exports."""

import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from core.audits.profile import parse_profile
from core.charts.palette import LIGHT
from core.errors import BadBenchmarkError
from core.flow import Review
from core.intake.matching import propose
from core.intake.reading.opening import open_foreign
from core.intake.table import read_table
from core.issuing.benchmark_pack import benchmark_pack
from core.issuing.edition import prepare
from core.issuing.example import Example, write_example
from core.issuing.imported import make_extract
from core.issuing.keys import read_issuer
from core.results.wording import spaced
from core.review.notes import NoteWritten, OnOutcome
from desktop.heading import heading
from desktop.jobs import JobRunner
from desktop.keeping import Keeper
from desktop.opening import open_chosen
from desktop.screens.exports.view import build as build_exports
from desktop.screens.funnel.line_card import LineCardWidget
from desktop.screens.funnel.view import build as build_funnel
from desktop.screens.import_file.presenter import ImportPresenter
from desktop.screens.import_file.view import ImportScreen
from desktop.screens.import_file.view import build as build_import
from desktop.screens.open.presenter import Chosen
from desktop.screens.overview.presenter import (
    OverviewPresenter,
    edition,
    origin_card,
    trust_words,
)
from desktop.screens.overview.view import OverviewScreen
from desktop.theme import Theme
from tests.core.made_foreign import OWN, nela_like, opened
from tests.core.made_import import NELA, ORIGIN, TERMS, reviewed_archive
from tests.core.test_import_line import from_example
from tests.desktop.on_desk import Ways, desk, session, unlock

SOON = 60_000
LONGEST_WORD = 32


@pytest.fixture(scope="module")
def nela() -> Review:
    sheet = opened(nela_like())
    return reviewed_archive(make_extract(sheet, propose(sheet, NELA), NELA, ORIGIN, TERMS).archive)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Example:
    return write_example(tmp_path_factory.mktemp("example"), lambda done, total, label: None)


@pytest.fixture(scope="module")
def pack(example: Example, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The benchmark pack of the made-up example."""
    folder = example.folder
    profile = parse_profile((folder / "profile.toml").read_bytes(), "profile.toml")
    passphrase = (folder / "passphrase.txt").read_text().strip()
    issuer = read_issuer(folder / "issuer.key", None, lambda: passphrase)
    table = read_table((folder / "national_cases.csv").read_bytes())
    at = datetime(2026, 9, 1, tzinfo=UTC)
    made = benchmark_pack(prepare(table, profile, issuer, at, lambda done, total, label: None))
    path = tmp_path_factory.mktemp("pack") / "example.pack"
    path.write_bytes(made)
    return path


def test_where_the_figures_come_from_is_said_once(nela: Review) -> None:
    extract = nela.extract
    card = origin_card(extract.manifest)
    assert card is not None
    assert f"SHA-256 of the file: {spaced(ORIGIN.digest)}." in card.sentence
    assert card.sentence.replace(" ", "").count(ORIGIN.digest) == 1
    assert max(map(len, card.sentence.split())) < LONGEST_WORD
    assert "that is usual" in card.sentence
    assert trust_words(extract) == ""
    assert edition(extract.manifest) == "none"
    assert spaced(ORIGIN.digest) in heading(nela).more
    assert spaced(extract.digest) not in heading(nela).more


def test_the_digest_is_copied_whole(qtbot: QtBot, fonts: None, nela: Review) -> None:
    screen = OverviewScreen(Theme(LIGHT))
    qtbot.addWidget(screen)
    OverviewPresenter(screen, nela).show()
    (copy,) = (one for one in screen.findChildren(QPushButton) if one.text() == "Copy the SHA-256")
    QApplication.clipboard().clear()
    copy.click()
    assert QApplication.clipboard().text() == ORIGIN.digest


def test_notes_on_it_are_kept_in_the_vault(nela: Review, runner: JobRunner, keeper: Keeper) -> None:
    unlock(keeper, gmc=OWN)
    on_it = session(nela, runner, keeper)
    note = NoteWritten(
        note="1", extract=on_it.extract, anchor=OnOutcome(outcome="death30"), text="FICTIONAL"
    )
    keeper.write_about(nela.extract, note)
    assert [one.text for one in keeper.state.notes.values()] == ["FICTIONAL"]
    assert on_it.extract in keeper.state.kept


def test_its_document_says_that_no_audit_signed_it(
    qtbot: QtBot, fonts: None, nela: Review, runner: JobRunner, keeper: Keeper, tmp_path: Path
) -> None:
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext is not installed")
    screen = build_exports(session(nela, runner, keeper))
    qtbot.addWidget(screen)
    screen.show()
    qtbot.waitUntil(screen.save.isEnabled, timeout=SOON)
    path = tmp_path / "made-up.pdf"
    screen.ask_where = lambda name, ending: path
    screen.save.click()
    qtbot.waitUntil(path.exists, timeout=SOON)
    said = subprocess.run([program, path, "-"], capture_output=True, check=True, text=True).stdout
    assert "NOT SIGNED BY THE AUDIT" in said
    assert ORIGIN.file in said


def test_a_pack_gives_the_line_of_an_audit_of_ones_own(
    qtbot: QtBot, fonts: None, runner: JobRunner, keeper: Keeper, example: Example, pack: Path
) -> None:
    ways = Ways()
    screen = build_import(desk(runner, keeper, ways))
    qtbot.addWidget(screen)
    screen.show()
    data = (example.folder / "national_cases.csv").read_bytes()
    foreign = open_foreign(data, "national_cases.csv", accept_weak=True)
    screen.file_arrived.emit(foreign, lambda report: foreign)
    qtbot.waitUntil(lambda: presenter(screen).draft is not None, timeout=SOON)
    screen.audit.profile_given.emit(example.folder / "profile.toml")
    screen.questions.surgeon_chosen.emit("FICT001")
    screen.line.pack_chosen.emit(pack)
    qtbot.waitUntil(screen.line.drop.isVisible, timeout=SOON)
    qtbot.waitUntil(screen.open.isEnabled, timeout=SOON)
    screen.who.name.setText("FICTIONAL surgeon")
    screen.who.gmc.setText("FICT001")
    screen.open_wanted.emit()
    qtbot.waitUntil(lambda: bool(ways.opened or ways.told), timeout=SOON)
    assert ways.told == []
    manifest = ways.opened[0].extract.manifest
    assert {one.comparison for one in manifest.outcomes if one.kind != "continuous"} == {"adjusted"}
    assert manifest.source is not None
    assert manifest.source.benchmark is not None
    assert manifest.source.benchmark.state == "example"


def test_a_pack_can_be_added_under_the_funnel_of_an_import_without_a_line(
    qtbot: QtBot, fonts: None, runner: JobRunner, keeper: Keeper, example: Example, pack: Path
) -> None:
    ways = Ways()
    bare = reviewed_archive(from_example(example.folder, None).archive)
    screen = build_funnel(session(bare, runner, keeper, ways))
    qtbot.addWidget(screen)
    (card,) = screen.findChildren(LineCardWidget)
    card.add_pack(pack)
    qtbot.waitUntil(lambda: bool(ways.opened or ways.told), timeout=SOON)
    assert ways.told == []
    (lined,) = ways.opened
    assert any(one.position is not None for one in lined.results)
    assert "added on" in " ".join(lined.funnel(lined.results[0].code).remarks)
    again = build_funnel(session(lined, runner, keeper, ways))
    qtbot.addWidget(again)
    assert again.findChildren(LineCardWidget) == []


def test_a_pack_that_does_not_fit_is_told_and_another_can_be_chosen(
    qtbot: QtBot, fonts: None, nela: Review, runner: JobRunner, keeper: Keeper, pack: Path
) -> None:
    ways = Ways()
    screen = build_funnel(session(nela, runner, keeper, ways))
    qtbot.addWidget(screen)
    (card,) = screen.findChildren(LineCardWidget)
    card.add_pack(pack)
    qtbot.waitUntil(lambda: bool(ways.told), timeout=SOON)
    assert getattr(ways.told[0], "code", "") == "E424"
    assert card.choose.isEnabled()


def test_a_pack_chosen_as_a_file_says_where_it_is_added(pack: Path) -> None:
    chosen = Chosen(pack.read_bytes(), pack.name)
    with pytest.raises(BadBenchmarkError, match="without any case"):
        open_chosen(chosen, (), lambda done, total, label: None)


def test_a_file_that_is_no_pack_is_told(
    qtbot: QtBot, fonts: None, runner: JobRunner, keeper: Keeper, tmp_path: Path
) -> None:
    ways = Ways()
    screen = build_import(desk(runner, keeper, ways))
    qtbot.addWidget(screen)
    foreign = open_foreign(nela_like(), "made-up.csv", accept_weak=True)
    screen.file_arrived.emit(foreign, lambda report: foreign)
    qtbot.waitUntil(lambda: presenter(screen).draft is not None, timeout=SOON)
    other = tmp_path / "other.pack"
    other.write_bytes(b"anything")
    screen.line.pack_chosen.emit(other)
    qtbot.waitUntil(lambda: bool(ways.told), timeout=SOON)
    assert getattr(ways.told[0], "code", "") == "E424"


def presenter(screen: ImportScreen) -> ImportPresenter:
    found = screen.presenter
    assert isinstance(found, ImportPresenter)
    return found
