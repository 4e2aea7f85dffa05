from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from core.charts.palette import LIGHT
from core.flow import Review
from desktop.jobs import JobRunner
from desktop.screens.funnel.presenter import FunnelPage, FunnelPresenter, PartPage
from desktop.screens.funnel.view import FunnelScreen, build
from desktop.widgets.picture_buttons import PictureButtonsWidget
from tests.desktop.made_up import emptied_review, varied_review
from tests.desktop.on_desk import session


class FakeView:
    """Keeps what it was shown."""

    def __init__(self) -> None:
        self.outcomes: tuple[tuple[str, str], ...] = ()
        self.pages: list[FunnelPage] = []

    def show_choice(self, outcomes: tuple[tuple[str, str], ...]) -> None:
        self.outcomes = outcomes

    def show_page(self, page: FunnelPage) -> None:
        self.pages.append(page)

    def show_part(self, part: PartPage) -> None:
        self.part = part


@pytest.fixture
def view(small_review: Review) -> FakeView:
    made = FakeView()
    FunnelPresenter(made, small_review).show()
    return made


@pytest.fixture
def screen(qtbot: QtBot, fonts: None, small_review: Review, runner: JobRunner) -> FunnelScreen:
    made = build(session(small_review, runner))
    qtbot.addWidget(made)
    made.resize(1180, 800)
    with qtbot.waitExposed(made):
        made.show()
    qtbot.wait(50)  # the page scrolls, so that its layout comes to rest a little later
    return made


def test_first_outcome_is_shown_first(view: FakeView) -> None:
    assert [code for code, _ in view.outcomes] == ["death", "bleeding"]
    page = view.pages[0]
    assert page.subtitle == (
        "119 other surgeons, each a dot; you are the diamond. "
        "Limits: exact Poisson, the audit’s own."
    )
    assert page.words(119).startswith("You: 11 deaths where 13.9 were expected")
    assert [row.label for row in page.missed] == ["double", "three times"]
    assert any("FICTIONAL" in line for line in page.provenance)


def test_chance_is_no_excuse_beside_a_result_above(view: FakeView, small_review: Review) -> None:
    FunnelPresenter(view, small_review).choose("bleeding")
    assert view.pages[0].chance == (
        "Among 119 surgeons exactly on the national line, on average no more than about 3 would "
        "lie above the alert line; in a single period it can be more."
    )
    assert view.pages[-1].code == "bleeding"
    assert view.pages[-1].chance == ""


def test_peers_say_no_counts_unless_allowed(view: FakeView) -> None:
    assert "cases" not in view.pages[0].words(0)
    assert view.pages[0].table.headings == ("Point", "Expected", "Observed ÷ expected")


def test_pointer_reads_the_nearest_point(qtbot: QtBot, screen: FunnelScreen) -> None:
    canvas = screen.chart.canvas
    assert canvas is not None
    place = canvas.place(119)
    qtbot.mouseMove(canvas, place + QPoint(3, 2))
    assert canvas.reading.startswith("You: 11 deaths")
    qtbot.mouseMove(canvas, QPoint(2, 2))
    assert canvas.reading == ""


def test_keys_walk_the_points_in_order(qtbot: QtBot, screen: FunnelScreen) -> None:
    canvas = screen.chart.canvas
    assert canvas is not None
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(canvas, Qt.Key.Key_Home)
    assert canvas.reading.startswith("You: ")
    read = []
    canvas.point_read.connect(read.append)
    for _ in range(200):
        qtbot.keyClick(canvas, Qt.Key.Key_Left)
    for _ in range(200):
        qtbot.keyClick(canvas, Qt.Key.Key_Right)
    own = len({words for words in read if words.startswith("You")})
    assert own == 1
    assert len(read) >= 119
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert canvas.reading == ""


def test_table_twin_is_one_key_away(qtbot: QtBot, screen: FunnelScreen) -> None:
    assert not screen.chart.table.isVisible()
    qtbot.keyClick(screen, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert screen.chart.table.isVisible()
    assert screen.chart.table.model().rowCount() == 120
    assert screen.chart.table.model().index(0, 0).data() == "You"
    assert (
        screen.chart.table.taken().text().splitlines()[0] == "Point\tExpected\tObserved ÷ expected"
    )


def test_another_outcome(qtbot: QtBot, screen: FunnelScreen) -> None:
    screen.outcome_chosen.emit("bleeding")
    assert screen.chart.canvas is not None
    assert screen.chart.canvas.accessibleName() == "Funnel of Return to theatre for bleeding"
    assert "returns to theatre" in screen.chart.canvas.accessibleDescription()


def test_picture_is_copied_and_saved(screen: FunnelScreen, tmp_path: Path) -> None:
    buttons = screen.findChild(PictureButtonsWidget)
    assert buttons is not None
    buttons.copy()
    assert QGuiApplication.clipboard().image().width() > 1000
    for kind, start in (("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")):
        buttons.save(tmp_path / f"funnel.{kind}")
        assert (tmp_path / f"funnel.{kind}").read_bytes().startswith(start)
    buttons.save(tmp_path / "no ending")
    assert (tmp_path / "no ending.png").exists()


def test_a_failed_save_is_told(screen: FunnelScreen, qtbot: QtBot, tmp_path: Path) -> None:
    buttons = screen.findChild(PictureButtonsWidget)
    assert buttons is not None
    with qtbot.waitSignal(buttons.failed) as failed:
        buttons.save(tmp_path / "absent" / "funnel.png")
    assert failed.args[0].code == "E602"


def test_points_lie_where_they_are_drawn(qtbot: QtBot, screen: FunnelScreen) -> None:
    """The own diamond's pixels have the own colour where the reading thinks it is."""
    qtbot.wait(100)
    canvas = screen.chart.canvas
    assert canvas is not None
    image = canvas.grab().toImage()
    place = canvas.place(119)
    assert image.pixelColor(place).name().upper() == LIGHT.own
    assert np.isfinite([place.x(), place.y()]).all()


def test_a_part_has_numbers_and_no_position(view: FakeView, small_review: Review) -> None:
    presenter = FunnelPresenter(view, small_review)
    presenter.choose("death")
    labels = [label for _, label in view.pages[-1].parts]
    assert labels == [
        "All cases",
        "1 April 2023 – 31 March 2024",
        "1 April 2024 – 31 March 2025",
        "1 April 2025 – 31 March 2026",
        "CABG",
    ]
    observed = []
    for key, _ in view.pages[-1].parts[1:4]:
        presenter.choose_part(key)
        observed.append(int(view.part.observed.split()[0]))
        assert "a part has no position" in view.part.sentence
    assert sum(observed) == 11
    presenter.choose_part("all")
    assert view.pages[-1].code == "death"


def test_no_picture_leaves_with_a_part(screen: FunnelScreen) -> None:
    screen.part_chosen.emit("0")
    assert not screen.chart.picture.isEnabled()
    assert screen.chart.canvas is not None
    assert not screen.chart.canvas.isVisible()
    screen.part_chosen.emit("all")
    assert screen.chart.picture.isEnabled()


def test_no_diamond_is_promised_where_none_is_drawn() -> None:
    view = FakeView()
    FunnelPresenter(view, emptied_review("risk.death")).show()
    assert view.pages[0].subtitle.startswith("119 other surgeons, each a dot. Limits")
    assert view.pages[0].chance == ""
    hidden = FakeView()
    FunnelPresenter(hidden, varied_review(peers="hidden")).show()
    assert hidden.pages[0].subtitle.startswith("You are the diamond. Limits")


def test_misses_fit_beside_each_other(view: FakeView) -> None:
    assert [row.values for row in view.pages[0].missed] == [
        ("16 in 100", "50 in 100"),
        ("under 1 in 100", "1 in 100"),
    ]


def test_an_average_has_no_funnel() -> None:
    view = FakeView()
    FunnelPresenter(view, varied_review(kind="continuous")).show()
    assert view.pages[0].no_picture.startswith("This outcome is an average")
    assert view.pages[0].missed == ()


def test_a_chart_keeps_the_room_it_needs_while_a_layout_is_on_its_way(screen: FunnelScreen) -> None:
    canvas = screen.chart.canvas
    assert canvas is not None
    canvas.resize(40, 20)
    canvas.draw()  # type: ignore[no-untyped-call]
    assert canvas.height() >= 400
