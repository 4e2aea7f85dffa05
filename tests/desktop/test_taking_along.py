"""What is copied, dragged out and printed says where it is from, and leaves nothing behind."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QMouseEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from core.charts.palette import DARK
from core.flow import Review
from desktop.app import Plumbline
from desktop.models.columns import Column, ColumnsTableModel
from desktop.theme import Theme
from desktop.widgets.paper import a4_printer, print_parts
from desktop.widgets.picture_page import PicturePageWidget
from desktop.widgets.sheet import gather
from desktop.widgets.table_view import TableWidget
from desktop.widgets.taken import SVG, TakenPicture, TakenTable
from desktop.window import OPEN

SOURCE = "1 April 2023 – 31 March 2026 · edition 3 · data as at 1 September 2026 · FICTIONAL"
MISSED = "Had the rate truly been double, the funnel would have missed it"
METHOD = "Funnel limits: "


@pytest.fixture(scope="module")
def plumbline(fonts: None, small_review: Review) -> Iterator[Plumbline]:
    made = Plumbline(Theme(DARK))
    made.show_review(small_review)
    made.window.show()
    yield made
    made.window.close()
    made.shutdown()


@pytest.fixture
def read_pdf(tmp_path: Path) -> Callable[[Plumbline], list[str]]:
    """Print what is shown into a PDF and return the words of its pages."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is absent")

    def read(plumbline: Plumbline) -> list[str]:
        path = tmp_path / "printed.pdf"
        printer = a4_printer()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(path))
        found = plumbline.window._shown_parts()
        assert found is not None
        pages = print_parts(*found, printer)
        command = ["pdftotext", "-layout", str(path), "-"]
        text = subprocess.run(command, capture_output=True, check=True).stdout.decode()
        assert len(text.split("\f")) == pages + 1
        return [" ".join(page.split()) for page in text.split("\f")[:-1]]

    return read


def page(plumbline: Plumbline, key: str) -> PicturePageWidget:
    plumbline.go(key)
    found = plumbline.window.built(key)
    assert isinstance(found, PicturePageWidget)
    return found


def clipboard() -> QMimeData:
    return QGuiApplication.clipboard().mimeData()


@pytest.mark.parametrize("key", ["funnel", "over_time", "case_mix"])
def test_a_copied_table_says_where_it_is_from(plumbline: Plumbline, key: str) -> None:
    shown = page(plumbline, key)
    shown.picture.copy_table()
    for text in (clipboard().text(), clipboard().html()):
        assert SOURCE in text
        assert MISSED in text
        assert METHOD in text
    model = shown.table.model()
    rows = clipboard().text().split("\n\n")[0].splitlines()
    assert len(rows) == model.rowCount() + 1
    assert {row.count("\t") for row in rows} == {model.columnCount() - 1}


@pytest.mark.parametrize("key", ["funnel", "over_time", "case_mix"])
def test_copied_words_say_what_is_in_the_picture(plumbline: Plumbline, key: str) -> None:
    shown = page(plumbline, key)
    shown.picture.copy_words()
    assert shown.canvas is not None
    text = clipboard().text()
    assert shown.canvas.accessibleDescription() in text
    assert SOURCE in text
    assert MISSED in text


def test_the_copy_button_offers_all_three(plumbline: Plumbline) -> None:
    menu = page(plumbline, "funnel").picture.findChild(QMenu)
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == ["Picture", "Table", "Words"]
    menu.actions()[0].trigger()
    assert clipboard().hasImage()


def test_ctrl_c_on_the_cases_warns_and_says_the_source(plumbline: Plumbline) -> None:
    plumbline.go("cases")
    table = plumbline.window.built("cases").table  # type: ignore[attr-defined]
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    text = clipboard().text()
    assert text.startswith("One row for each case.")
    assert "C0399" in text
    assert SOURCE in text


def test_no_copied_cell_is_a_formula(qapp: QApplication) -> None:
    cells = ["=1+1", "+44", "@x", "-cmd", "-3.2", "a\tb\nc", "<b>"]
    table = TableWidget("Cells")
    table.show_model(ColumnsTableModel([Column("Cell", cells)], table))
    lines = table.taken().text().splitlines()
    assert lines[1:] == ["'=1+1", "'+44", "'@x", "'-cmd", "-3.2", "a b c", "<b>"]
    assert "&lt;b&gt;" in table.taken().html()


class Drag:
    """Takes what would be dragged, without a mouse."""

    carried: ClassVar[list[QMimeData]] = []

    def __init__(self, _: object) -> None: ...

    def setMimeData(self, data: QMimeData) -> None:
        self.carried.append(data)

    def setPixmap(self, _: object) -> None: ...

    def exec(self, action: Any) -> None:
        assert action == Qt.DropAction.CopyAction


def test_a_picture_is_dragged_out_without_a_file(
    plumbline: Plumbline, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("desktop.widgets.chart_canvas.QDrag", Drag)
    canvas = page(plumbline, "funnel").canvas
    assert canvas is not None
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mousePress(canvas, left, none, QPoint(60, 60))
    QTest.mouseMove(canvas, QPoint(62, 60))
    assert Drag.carried == []
    drag_to(canvas, QPoint(160, 160))
    assert len(Drag.carried) == 1
    data = Drag.carried.pop()
    image = data.imageData()
    assert isinstance(image, QImage)
    assert image.pixelColor(1, 1).name() == "#ffffff"
    assert bytes(data.data(SVG).data()).startswith(b"<?xml")
    assert not data.hasUrls()
    assert list(tmp_path.iterdir()) == []


def drag_to(canvas: Any, at: QPoint) -> None:
    """Move the mouse with its button held; QTest moves it with none."""
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    place = QPointF(at)
    canvas.mouseMoveEvent(QMouseEvent(QEvent.Type.MouseMove, place, place, left, left, none))


def test_every_page_of_the_cases_says_its_source(
    plumbline: Plumbline, read_pdf: Callable[[Plumbline], list[str]]
) -> None:
    plumbline.go("cases")
    pages = read_pdf(plumbline)
    assert len(pages) > 3
    assert all("Example Cardiac Audit · 1 April 2023 – 31 March 2026" in one for one in pages)
    assert all("FICTIONAL" in one for one in pages)
    assert pages[0].index("One row for each case") < pages[0].index("C0000")
    whole = " ".join(pages)
    assert all(f"C{number:04}" in whole for number in range(400))
    assert pages[-1].endswith(f"Page {len(pages)} of {len(pages)}")


def test_the_funnel_is_printed_with_its_words_and_points(
    plumbline: Plumbline, read_pdf: Callable[[Plumbline], list[str]]
) -> None:
    plumbline.go("funnel")
    whole = " ".join(read_pdf(plumbline))
    for words in ("Death in hospital", "In words", "Where the lines lie", "Other 119", MISSED):
        assert words in whole


def test_the_overview_is_printed_with_whole_funnels(plumbline: Plumbline) -> None:
    plumbline.go("overview")
    found = plumbline.window._shown_parts()
    assert found is not None
    pictures = [part for part in found[0] if isinstance(part, TakenPicture)]
    assert [one.name for one in pictures] == ["Death in hospital", "Return to theatre for bleeding"]
    assert all(SOURCE in one.text() and MISSED in one.text() for one in pictures)


def test_the_words_of_a_screen_are_copied(plumbline: Plumbline) -> None:
    plumbline.go("quality")
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(plumbline.window, Qt.Key.Key_C, keys)
    text = clipboard().text()
    assert text.startswith("Data quality")
    assert text.endswith("FICTIONAL · from Example Cardiac Audit · unaltered")
    assert "on the clipboard" in plumbline.window.banner.words


@pytest.mark.parametrize("key", [OPEN, "unlock"])
def test_where_secrets_are_typed_nothing_leaves(plumbline: Plumbline, key: str) -> None:
    plumbline.go(key)
    assert plumbline.window._shown_parts() is None
    plumbline.window.print_shown()
    assert "Nothing on this screen" in plumbline.window.banner.words


def test_no_table_of_another_screen_claims_the_open_extract(plumbline: Plumbline) -> None:
    plumbline.go("verify")
    found = plumbline.window._shown_parts()
    assert found is not None
    assert found[1] == ""
    tables = [part for part in gather(plumbline.window.built("verify")) if type(part) is TakenTable]
    assert all(table.provenance == () for table in tables)
