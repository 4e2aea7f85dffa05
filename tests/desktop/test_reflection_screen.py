from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.errors import WriteFailedError
from core.flow import Review
from core.review.vault import unlock as open_vault
from desktop.jobs import JobRunner
from desktop.keeping import Keeper
from desktop.screens.reflection.view import ReflectionScreen, build
from desktop.widgets.day_field import read_day
from tests.desktop.on_desk import NOW, PASSPHRASE, Ways, session, unlock


@pytest.fixture
def ways() -> Ways:
    return Ways()


@pytest.fixture
def screen(
    qtbot: QtBot, fonts: None, small_review: Review, runner: JobRunner, keeper: Keeper, ways: Ways
) -> ReflectionScreen:
    made = build(session(small_review, runner, keeper, ways))
    qtbot.addWidget(made)
    made.resize(1180, 800)
    with qtbot.waitExposed(made):
        made.show()
    return made


def texts(keeper: Keeper) -> list[tuple[str | None, str, str, str]]:
    found = keeper.state.reflections.items()
    return [(about[1], one.what, one.so_what, one.now_what) for about, one in found]


def test_locked_it_asks_for_the_vault_and_warns(screen: ReflectionScreen, keeper: Keeper) -> None:
    asked: list[bool] = []
    keeper.wanted.connect(lambda: asked.append(True))
    screen.open_button.click()
    assert asked == [True]
    assert screen.open_button.isVisible()
    assert not screen.parts["what"].isVisible()


def test_what_is_typed_is_on_the_disk_when_typing_pauses(
    qtbot: QtBot, screen: ReflectionScreen, keeper: Keeper
) -> None:
    unlock(keeper)
    field = screen.parts["so_what"]
    with qtbot.waitSignal(field.settled, timeout=5000):
        qtbot.keyClicks(field, "More careful selection")
    assert texts(keeper) == [(None, "", "More careful selection", "")]
    assert keeper.state.kept.keys() == {next(iter(keeper.state.reflections))[0]}


def test_turning_to_an_outcome_writes_first(screen: ReflectionScreen, keeper: Keeper) -> None:
    unlock(keeper)
    screen.parts["what"].setPlainText("overall")
    screen.subject_chosen.emit("death")
    assert screen.parts["what"].toPlainText() == ""
    screen.parts["what"].setPlainText("of deaths")
    screen.subject_chosen.emit("")
    assert screen.parts["what"].toPlainText() == "overall"
    assert {(about, what) for about, what, *_ in texts(keeper)} == {
        (None, "overall"),
        ("death", "of deaths"),
    }


def test_locking_writes_first_and_leaves_nothing(screen: ReflectionScreen, keeper: Keeper) -> None:
    unlock(keeper)
    folder = keeper.folder
    screen.parts["now_what"].setPlainText("unwritten yet")
    keeper.lock()
    assert screen.parts["now_what"].toPlainText() == ""
    assert not screen.parts["now_what"].isVisible()
    keeper.hold(open_vault(folder, PASSPHRASE, NOW))
    assert screen.parts["now_what"].toPlainText() == "unwritten yet"


def test_a_failed_write_is_told_and_the_words_stay(
    screen: ReflectionScreen, keeper: Keeper, ways: Ways, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlock(keeper)
    assert keeper.vault is not None

    def full(*_: object) -> None:
        raise WriteFailedError("The disk is full.")

    monkeypatch.setattr(type(keeper.vault), "append", full)
    screen.parts["what"].setPlainText("precious")
    screen.parts["what"].flush()
    assert isinstance(ways.told[0], WriteFailedError)
    screen.subject_chosen.emit("death")
    assert screen.parts["what"].toPlainText() == "precious"
    monkeypatch.undo()
    screen.parts["what"].flush()
    assert texts(keeper) == [(None, "precious", "", "")]


def test_an_action_has_dates_and_can_be_brought_back(
    screen: ReflectionScreen, keeper: Keeper, ways: Ways
) -> None:
    unlock(keeper)
    screen.plan.added.emit("pdp")
    (name,) = keeper.state.actions
    row = screen.plan._rows[name]
    row.text.setPlainText("A course")
    row._due.field.setText("1/4/2027")
    row._due.field.editingFinished.emit()
    assert keeper.state.actions[name].text == "A course"
    assert keeper.state.actions[name].due == date(2027, 4, 1)
    row._done.field.setText("31/2/2027")
    row._done.field.editingFinished.emit()
    assert row._done.field.property("wrong")
    assert keeper.state.actions[name].done is None
    row.removed.emit(name)
    assert not keeper.state.actions
    assert "Ctrl+Z" in ways.noted[0]
    screen.setFocus()
    QTest.keyClick(screen, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert keeper.state.actions[name].due == date(2027, 4, 1)


def test_an_action_is_written_while_it_is_typed(
    qtbot: QtBot, screen: ReflectionScreen, keeper: Keeper
) -> None:
    unlock(keeper)
    qtbot.mouseClick(screen.plan._buttons[0], Qt.MouseButton.LeftButton)
    ((name, row),) = screen.plan._rows.items()
    assert screen.focusWidget() is row.text
    with qtbot.waitSignal(row.text.settled, timeout=5000):
        qtbot.keyClicks(row.text, "Audit the returns")
    assert keeper.state.actions[name].text == "Audit the returns"


def test_an_action_stays_through_a_lock_and_a_day(
    qtbot: QtBot, screen: ReflectionScreen, keeper: Keeper
) -> None:
    unlock(keeper)
    screen.plan.added.emit("action")
    (name,) = keeper.state.actions
    screen.plan._rows[name].text.setPlainText("Audit the returns")
    keeper.lock()
    assert not screen.plan._rows
    keeper.hold(open_vault(keeper.folder, PASSPHRASE, NOW))
    row = screen.plan._rows[name]
    assert row.text.toPlainText() == "Audit the returns"
    row._due.field.setText("1/4/2027")
    row._due.field.editingFinished.emit()
    kept = keeper.state.actions[name]
    assert (kept.text, kept.due) == ("Audit the returns", date(2027, 4, 1))
    row._done.field.setText("2/4/2027")
    keeper.lock()
    keeper.hold(open_vault(keeper.folder, PASSPHRASE, NOW))
    assert keeper.state.actions[name].done == date(2027, 4, 2)


def test_an_action_that_could_not_be_written_stays_to_be(
    screen: ReflectionScreen, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlock(keeper)
    screen.plan.added.emit("action")
    ((name, row),) = screen.plan._rows.items()

    def refuse(*_: object) -> None:
        raise WriteFailedError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(type(keeper.vault), "append", refuse)
        row.text.setPlainText("Audit the returns")
        assert not screen.flush()
    assert screen.flush()
    assert keeper.state.actions[name].text == "Audit the returns"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("1/4/2027", date(2027, 4, 1)),
        ("01.04.2027", date(2027, 4, 1)),
        ("2027-04-01", date(2027, 4, 1)),
        ("1 April 2027", date(2027, 4, 1)),
        ("13/13/2027", None),
        ("soon", None),
    ],
)
def test_a_day_is_read_day_first(typed: str, day: date | None) -> None:
    assert read_day(typed) == day
