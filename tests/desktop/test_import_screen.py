"""A foreign file through the window: seen, asked about, corrected, and opened unsigned."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView, QWidget
from pytestqt.qtbot import QtBot

from core.intake.reading.opening import open_foreign
from core.sealing.trust import TrustState
from desktop.jobs import JobRunner
from desktop.keeping import Keeper
from desktop.screens.import_file.presenter import ImportPresenter
from desktop.screens.import_file.view import ImportScreen, build
from desktop.session import Desk
from tests.core.made_foreign import OWN, as_csv, nacsa_like, nela_like, nvr_rows
from tests.desktop.on_desk import Ways, desk, unlock

SOON = 20_000
Show = Callable[[bytes], ImportScreen]


@pytest.fixture
def ways() -> Ways:
    return Ways()


@pytest.fixture
def at_desk(runner: JobRunner, keeper: Keeper, ways: Ways) -> Desk:
    return desk(runner, keeper, ways)


@pytest.fixture
def show(qtbot: QtBot, fonts: None, at_desk: Desk) -> Show:
    def shown(data: bytes) -> ImportScreen:
        screen = build(at_desk)
        qtbot.addWidget(screen)
        screen.resize(1180, 800)
        with qtbot.waitExposed(screen):
            screen.show()
        foreign = open_foreign(data, "made-up.csv", accept_weak=True)
        screen.file_arrived.emit(foreign, lambda report: foreign)
        wait_read(qtbot, screen)
        return screen

    return shown


def presenter(screen: ImportScreen) -> ImportPresenter:
    found = screen.presenter
    assert isinstance(found, ImportPresenter)
    return found


def wait_read(qtbot: QtBot, screen: ImportScreen) -> None:
    qtbot.waitUntil(lambda: presenter(screen).reading is not None, timeout=SOON)


def column(screen: ImportScreen, target: str, at: int) -> str:
    """The cell at that place of a target's row of the table of columns."""
    place = [row.target for row in screen.columns.rows].index(target)
    return str(screen.columns.table.model().index(place, at).data())


def words(table: QTableView) -> list[str]:
    """Every cell of a table, row by row."""
    model = table.model()
    places = ((row, at) for row in range(model.rowCount()) for at in range(model.columnCount()))
    return [str(model.index(row, at).data()) for row, at in places]


def test_nothing_is_claimed_before_a_file_is_chosen(
    qtbot: QtBot, fonts: None, at_desk: Desk, ways: Ways
) -> None:
    screen = build(at_desk)
    qtbot.addWidget(screen)
    screen.show()
    assert screen.nothing.isVisible()
    screen.file_wanted.emit()
    assert ways.gone == [("open", "")]


def test_the_audit_that_fits_best_is_proposed_and_explained(show: Show) -> None:
    screen = show(as_csv(nvr_rows()))
    assert screen.audit.audits.text().startswith("National Vascular Registry · 10 of ")
    assert column(screen, "operated_on", 1) == "Date of procedure"
    assert column(screen, "operated_on", 2) == "its name is another word for it"


def test_whose_cases_are_own_is_asked_before_anything_opens(
    qtbot: QtBot, show: Show, ways: Ways
) -> None:
    screen = show(as_csv(nvr_rows()))
    assert not screen.open.isEnabled()
    screen.questions.surgeon_chosen.emit(OWN)
    wait_read(qtbot, screen)
    assert screen.open.isEnabled()
    screen.who.name.setText("FICTIONAL surgeon")
    screen.who.gmc.setText(OWN)
    qtbot.mouseClick(screen.open, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(ways.opened), timeout=SOON)
    extract = ways.opened[0].extract
    assert extract.verdict.state is TrustState.UNSIGNED
    assert len(extract.cases) == 160
    assert extract.manifest.source is not None
    assert extract.manifest.source.digest == presenter(screen).draft.foreign.digest
    assert ways.told == []


def test_without_a_name_it_is_told_in_place(qtbot: QtBot, show: Show, ways: Ways) -> None:
    screen = show(nela_like())
    qtbot.mouseClick(screen.open, Qt.MouseButton.LeftButton)
    assert [getattr(error, "code", "") for error in ways.told] == ["E425"]
    assert ways.opened == []


def test_the_open_vault_says_who_the_surgeon_is(show: Show, keeper: Keeper) -> None:
    unlock(keeper, gmc=OWN)
    screen = show(nela_like())
    assert (screen.who.name.text(), screen.who.gmc.text()) == ("FICTIONAL Surgeon", OWN)


def test_a_column_is_corrected_by_keyboard_and_taken_back(qtbot: QtBot, show: Show) -> None:
    screen = show(nela_like())
    screen.columns.table.setFocus()
    for _ in range(20):
        if screen.columns.field.isVisible() and presenter(screen).field == "asa":
            break
        qtbot.keyClick(screen.columns.table, Qt.Key.Key_Down)
    assert presenter(screen).field == "asa"
    screen.columns.field.column.chosen.emit("")
    wait_read(qtbot, screen)
    assert column(screen, "asa", 1) == "–"
    assert presenter(screen).field == "asa"
    screen.columns.undo_wanted.emit()
    wait_read(qtbot, screen)
    assert column(screen, "asa", 1) == "ASA grade"


def test_open_questions_are_asked_and_gone_once_answered(qtbot: QtBot, show: Show) -> None:
    rows = nvr_rows()
    risk = rows[0].index("risk_aaa_death")
    for row in rows[1:]:
        row[risk] = row[risk].removesuffix("%")
    screen = show(as_csv(rows))
    asked = [button.accessibleName() for button in screen.questions.answers]
    assert any("percentages or fractions" in words for words in asked)
    percent = next(one for one in screen.questions.answers if one.text() == "Percentages: 2")
    assert percent.isChecked()
    qtbot.mouseClick(percent, Qt.MouseButton.LeftButton)
    wait_read(qtbot, screen)
    assert not any("scale" in asked for _, asked in presenter(screen).draft.mapping.open_questions)


def test_a_code_that_is_not_understood_is_said_by_hand(qtbot: QtBot, show: Show) -> None:
    rows = nvr_rows()
    sex = rows[0].index("Sex")
    for row in rows[1:]:
        row[sex] = row[sex].replace("F", "Frau")
    screen = show(as_csv(rows))
    screen.questions.surgeon_chosen.emit(OWN)
    wait_read(qtbot, screen)
    screen.columns.selected.emit("female")
    assert set(screen.columns.field.codes) == {"Frau"}
    screen.columns.field.codes["Frau"].chosen.emit("1")
    wait_read(qtbot, screen)
    assert screen.columns.field.codes == {}
    made = presenter(screen).reading.made
    assert "1" in set(made.table["female"])


def test_problems_are_marked_by_shape_and_words(qtbot: QtBot, show: Show) -> None:
    rows = nvr_rows()
    rows[2][rows[0].index("Date of procedure")] = "31/02/2024"
    screen = show(as_csv(rows))
    screen.questions.surgeon_chosen.emit(OWN)
    wait_read(qtbot, screen)
    model = screen.preview.table.model()
    cells = [model.index(row, at) for row in range(model.rowCount()) for at in range(1, 4)]
    marked = [cell for cell in cells if str(cell.data()).startswith("⚠")]
    assert [str(cell.data(Qt.ItemDataRole.ToolTipRole)) for cell in marked][:1] == [
        "⚠ 31/02/2024: is no date"
    ]
    assert words(screen.preview.problems)[:3] == ["3", "Date of procedure", "is no date"]


def test_no_patient_is_shown(show: Show) -> None:
    screen = show(as_csv(nvr_rows()))
    seen = " ".join(words(screen.preview.table) + words(screen.columns.table))
    for canary in ("ZEBEDEE", "QUILLFEATHER", "QZ9 9ZZ", "HOSP77", "943"):
        assert canary not in seen


def test_a_mapping_is_kept_and_used_again(
    qtbot: QtBot, show: Show, ways: Ways, tmp_path: Path
) -> None:
    path = tmp_path / "mapping.toml"
    screen = show(as_csv(nvr_rows()))
    screen.columns.field.assigned.emit("provider", "2")
    screen.questions.surgeon_chosen.emit(OWN)
    wait_read(qtbot, screen)
    held = presenter(screen).draft.mapping
    screen.columns.saved_to.emit(path)
    assert b"ZEBEDEE" not in path.read_bytes()
    other = show(as_csv(nvr_rows()))
    other.columns.loaded_from.emit(path)
    wait_read(qtbot, other)
    assert set(presenter(other).draft.mapping.columns) == set(held.columns)
    assert presenter(other).draft.mapping.surgeon == OWN
    assert ways.told == []


def test_a_published_rate_draws_a_line_and_needs_its_source(
    qtbot: QtBot, show: Show, ways: Ways
) -> None:
    screen = show(as_csv(nvr_rows()))
    screen.questions.surgeon_chosen.emit(OWN)
    wait_read(qtbot, screen)
    screen.who.name.setText("FICTIONAL surgeon")
    screen.who.gmc.setText(OWN)
    screen.line.fields["aaa_death"].setText("2.1")
    qtbot.mouseClick(screen.open, Qt.MouseButton.LeftButton)
    assert "source" in str(ways.told[0])
    screen.line.source.setText("Annual report (FICTIONAL)")
    qtbot.mouseClick(screen.open, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(ways.opened), timeout=SOON)
    published = ways.opened[0].extract.manifest.outcome("aaa_death").published
    assert published is not None
    assert published.rate == pytest.approx(0.021)


def test_a_file_without_headings_is_read_by_place_once_assigned(qtbot: QtBot, show: Show) -> None:
    screen = show(nacsa_like())
    screen.audit.audit_chosen.emit("adult_cardiac")
    wait_read(qtbot, screen)
    assert not screen.open.isEnabled()
    screen.columns.field.assigned.emit("operated_on", "59")
    wait_read(qtbot, screen)
    assert column(screen, "operated_on", 1) == "Field 60"


def test_the_vault_opened_later_says_it_too(show: Show, keeper: Keeper) -> None:
    screen = show(nela_like())
    unlock(keeper, gmc=OWN)
    assert screen.who.gmc.text() == OWN


def test_every_control_of_a_filled_screen_is_named(qtbot: QtBot, show: Show) -> None:
    rows = nvr_rows()
    risk = rows[0].index("risk_aaa_death")
    for row in rows[1:]:
        row[risk] = row[risk].removesuffix("%")
    screen = show(as_csv(rows))
    screen.questions.surgeon_chosen.emit(OWN)
    wait_read(qtbot, screen)
    for target in ("female", "operated_on", "risk_aaa_death"):
        screen.columns.selected.emit(target)
        unnamed = [
            repr(part)
            for part in screen.findChildren(QWidget)
            if part.isVisibleTo(screen) and part.focusPolicy() & Qt.FocusPolicy.TabFocus
            if not (part.accessibleName() or getattr(part, "text", str)()).strip()
        ]
        assert unnamed == []
    for table in screen.findChildren(QTableView):
        assert table.accessibleName()
        assert table.accessibleDescription()
