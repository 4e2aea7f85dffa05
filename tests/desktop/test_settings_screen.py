"""Settings take effect at once, are kept, and nothing of a record stands in the report."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractAnimation, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.charts.palette import DARK, LIGHT
from core.flow import Review
from desktop import dressing
from desktop.app import Plumbline
from desktop.dressing import theme_of
from desktop.idle import IdleWatch
from desktop.motion import system_is_still
from desktop.preferences import Preferences
from desktop.screens.settings.view import SettingsScreen
from desktop.settings import Loaded, Settings, load_settings
from desktop.theme import Theme, apply_theme
from desktop.widgets.progress import ProgressWidget
from desktop.widgets.text import ProseWidget


@pytest.fixture
def plumbline(
    qtbot: QtBot, fonts: None, small_review: Review, tmp_path: Path
) -> Iterator[Plumbline]:
    preferences = Preferences(Loaded(Settings(toured=True), {}), tmp_path / "settings.json")
    made = Plumbline(Theme(LIGHT), preferences=preferences)
    qtbot.addWidget(made.window)
    with qtbot.waitExposed(made.window):
        made.window.show()
    made.show_review(small_review)
    made.go("settings")
    yield made
    made.shutdown()


def screen(plumbline: Plumbline) -> SettingsScreen:
    found = plumbline.window.built("settings")
    assert isinstance(found, SettingsScreen)
    return found


def kept(tmp_path: Path) -> Settings:
    return load_settings(tmp_path / "settings.json").settings


@pytest.mark.parametrize(
    ("name", "key", "field", "value"),
    [
        ("text_size", "150", "text_size", 1.5),
        ("look", "dark", "look", "dark"),
        ("still", "still", "still", True),
        ("idle_minutes", "30", "idle_minutes", 30),
    ],
)
def test_a_choice_is_kept_at_once(
    plumbline: Plumbline, tmp_path: Path, name: str, key: str, field: str, value: object
) -> None:
    screen(plumbline).chosen.emit(name, key)
    assert getattr(kept(tmp_path), field) == value
    assert plumbline.window.shown == "settings"


def test_a_choice_is_worn_at_once_and_the_keyboard_stays(plumbline: Plumbline) -> None:
    screen(plumbline).buttons["look"].setFocus()
    screen(plumbline).chosen.emit("look", "dark")
    assert plumbline.theme.palette == DARK
    screen(plumbline).chosen.emit("text_size", "200")
    assert plumbline.theme == Theme(DARK, 2.0)
    assert screen(plumbline).buttons["text_size"].text().startswith("200")


def test_larger_text_by_keys_is_kept(qtbot: QtBot, plumbline: Plumbline, tmp_path: Path) -> None:
    plumbline.ways.act("larger")
    assert plumbline.theme.scale == pytest.approx(1.1)
    plumbline.ways.act("larger")
    qtbot.waitUntil(lambda: kept(tmp_path).text_size == pytest.approx(1.2))
    plumbline.ways.act("usual")
    assert plumbline.theme.scale == 1.0


def test_what_is_kept_is_a_screen_and_never_a_name_or_a_place(
    plumbline: Plumbline, small_review: Review, tmp_path: Path
) -> None:
    plumbline.go("quality")
    plumbline.go("help")
    plumbline.preferences.change(idle_minutes=5)
    text = (tmp_path / "settings.json").read_text()
    assert json.loads(text)["last_screen"] == "quality"
    manifest = small_review.extract.manifest
    for secret in (manifest.surgeon.name, manifest.surgeon.gmc, manifest.audit.name, "/"):
        assert secret not in text


def test_the_next_run_begins_where_the_last_one_ended(
    qtbot: QtBot, fonts: None, small_review: Review
) -> None:
    left = Preferences(Loaded(Settings(toured=True, last_screen="case_mix"), {}))
    made = Plumbline(Theme(LIGHT), preferences=left)
    qtbot.addWidget(made.window)
    made.show_review(small_review)
    assert made.window.shown == "case_mix"
    made.show_review(small_review)
    assert made.window.shown == "overview"
    made.shutdown()


@pytest.mark.parametrize("place", ["extracts", "publication", "no_such_screen"])
def test_a_place_that_is_not_there_is_the_overview(
    qtbot: QtBot, fonts: None, small_review: Review, place: str
) -> None:
    made = Plumbline(
        Theme(LIGHT),
        preferences=Preferences(Loaded(Settings(toured=True, last_screen=place), {})),
    )
    qtbot.addWidget(made.window)
    made.show_review(small_review)
    assert made.window.shown == "overview"
    made.shutdown()


def test_the_report_can_be_read_and_holds_nothing_of_a_record(
    plumbline: Plumbline, small_review: Review
) -> None:
    shown = screen(plumbline)
    report = shown.report.toPlainText()
    assert "Plumbline 0." in report
    assert "trust state example" in report
    extract = small_review.extract
    secrets = [extract.manifest.surgeon.name, extract.manifest.surgeon.gmc, extract.digest]
    secrets += [extract.manifest.audit.name, str(Path.home()), *extract.cases["case_id"]]
    assert [secret for secret in secrets if secret in report] == []
    (copy,) = [one for one in shown.findChildren(QPushButton) if one.text() == "Copy the report"]
    copy.click()
    assert QGuiApplication.clipboard().text() == report


def test_it_says_what_stands_where_and_what_it_is_made_with(plumbline: Plumbline) -> None:
    shown = screen(plumbline)
    spoken = [part.accessibleName() for part in shown.findChildren(ProseWidget)]
    assert any(name.startswith("Your vault: ") for name in spoken)
    assert any(name.startswith("numpy ") and "BSD" in name for name in spoken)


def test_waiting_another_time_before_the_lock(qapp: QApplication) -> None:
    watch = IdleWatch(900_000)
    watch.wait(5)
    assert watch._timer.interval() == 300_000


def running(bar: ProgressWidget, qtbot: QtBot) -> list[QAbstractAnimation]:
    bar.setRange(0, 0)
    holder = bar.window()
    holder.resize(200, 60)
    bar.resize(200, 6)
    with qtbot.waitExposed(holder):
        holder.show()
    qtbot.wait(60)
    state = QAbstractAnimation.State.Running
    return [one for one in bar.findChildren(QAbstractAnimation) if one.state() == state]


@pytest.mark.parametrize("still", [False, True])
def test_nothing_moves_where_nothing_may(qtbot: QtBot, fonts: None, still: bool) -> None:
    """A bar of unknown length is the one thing that moves; a still application has none."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    apply_theme(application, Theme(LIGHT, still=still))
    holder = QWidget()
    qtbot.addWidget(holder)
    bar = ProgressWidget()
    bar.setParent(holder)
    assert bool(running(bar, qtbot)) is not still
    assert application.isEffectEnabled(Qt.UIEffect.UI_General) is not still
    apply_theme(application, Theme(LIGHT))


def test_every_bar_of_the_window_heeds_it() -> None:
    root = Path(__file__).parents[2] / "desktop"
    texts = {str(path): path.read_text("utf-8") for path in root.rglob("*.py")}
    moving = ("QProgressBar(", "QPropertyAnimation", "QVariantAnimation", "QTimeLine", "QMovie")
    assert [name for name, text in texts.items() if any(word in text for word in moving)] == []
    assert sum("ProgressWidget()" in text for text in texts.values()) >= 3


def test_the_systems_wish_is_heeded(plumbline: Plumbline, monkeypatch: pytest.MonkeyPatch) -> None:
    assert system_is_still() in {True, False}
    monkeypatch.setattr(dressing, "system_is_still", lambda: True)
    plumbline.dresser.heed_motion()
    assert plumbline.theme.still
    plumbline.preferences.change(text_size=1.25)
    assert plumbline.theme.still


def test_light_and_dark_follow_the_system_only_where_asked(plumbline: Plumbline) -> None:
    plumbline.preferences.change(look="dark")
    plumbline.dresser.follow_system()
    assert plumbline.theme.palette == DARK
    assert theme_of(Settings(look="light")).palette == LIGHT


def test_broken_settings_are_told_and_usual(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    for text in ('{"look": 7}', '{"still": 1}', '{"last_screen": null}', '{"toured": "yes"}'):
        path.write_text(text)
        assert load_settings(path).broken
    path.write_text('{"look": "pink", "last_screen": "../etc", "idle_minutes": 9999}')
    assert load_settings(path).settings == Settings(idle_minutes=120)
