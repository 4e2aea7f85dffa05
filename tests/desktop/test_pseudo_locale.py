"""Every screen in a made-up language: all words of the window turn into it, and none is cut."""

import ast
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from core import assets
from core.charts.palette import LIGHT
from core.intake.reading.opening import open_foreign
from core.issuing.example_nation import gmc_number
from desktop.app import Plumbline
from desktop.opening import open_example
from desktop.registry import SCREENS
from desktop.screens.unlock.presenter import create_for_practice
from desktop.theme import Theme, load_fonts
from desktop.translation import install_translation
from desktop.window import OPEN
from tests.core.made_foreign import nacsa_like
from tests.desktop.noted import write
from tests.desktop.on_desk import NOW, PASSPHRASE
from tests.desktop.pseudo_locale import compiled, outside, template, translated
from tests.desktop.seen_words import cramped, low, narrow, seen
from tests.rules.window_words import marked, read

ROOT = Path(__file__).resolve().parents[2]
KEYS = tuple(screen.key for screen in SCREENS)
FREE = tuple(screen.key for screen in SCREENS if screen.free)
SOON, STEP, SETTLES = 60_000, 20, 50
NAMES = {"Plumbline"}
KEY = re.compile(r"(Ctrl|Shift)\+\S*|Home|Esc|Space|Tab")
WELSH = QLocale(QLocale.Language.Welsh)


@dataclass
class Walk:
    """What was seen on each screen in each state, and what of it was cut."""

    words: dict[str, set[str]] = field(default_factory=dict)
    cut: dict[str, list[str]] = field(default_factory=dict)

    def look(self, plumbline: Plumbline, state: str, key: str) -> None:
        """See a screen; what is cut may take its room for a second before it counts."""
        plumbline.go(key)
        wait(lambda: plumbline.window.shown == key)
        screen, rail = plumbline.window.built(key), plumbline.window.rail
        for _ in range(SETTLES):
            QTest.qWait(STEP)
            cut = [*narrow(screen), *low(screen), *cramped(screen), *cramped(rail)]
            if not cut:
                break
        self.words[f"{key}, {state}"] = seen(plumbline.window)
        self.cut[f"{key}, {state}"] = cut


def wait(reached: Callable[[], bool]) -> None:
    for _ in range(SOON // STEP):
        if reached():
            return
        QTest.qWait(STEP)
    pytest.fail("it did not come about")


@pytest.fixture(scope="module")
def ts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What Qt's tool finds in the sources."""
    return template(ROOT / "desktop", tmp_path_factory.mktemp("words"))


@pytest.fixture(scope="module")
def words(ts: Path) -> Iterator[None]:
    """The window in the made-up language, by the loader of the program."""
    qm = compiled(ts)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    shipped, before = assets.asset, QLocale()
    with pytest.MonkeyPatch.context() as patch:
        given = {"translations/plumbline_cy.qm": qm}
        patch.setattr(assets, "asset", lambda name: given.get(name) or shipped(name))
        install_translation(application, WELSH)
    yield
    for made in application.findChildren(QTranslator):
        application.removeTranslator(made)
    QLocale.setDefault(before)


@pytest.fixture(scope="module")
def walk(qapp: QApplication, words: None) -> Iterator[Walk]:
    qapp.setStyle("Fusion")
    load_fonts()
    plumbline, found = Plumbline(Theme(LIGHT)), Walk()
    plumbline.window.show()
    plumbline.window.resize(1440, 900)
    for key in (OPEN, *FREE):
        found.look(plumbline, "nothing open", key)
    import_file(plumbline, found)
    plumbline.show_review(open_example(lambda done, total, label: None))
    found.look(plumbline, "no vault", "unlock")
    hold_a_vault(plumbline)
    write_everywhere(plumbline)
    for key in (OPEN, *KEYS):
        found.look(plumbline, "the example", key)
    queries = plumbline.window.built("queries")
    wait(lambda: not queries.what_if.working.isVisibleTo(queries))  # type: ignore[attr-defined]
    found.look(plumbline, "a what-if", "queries")
    plumbline.keeper.lock()
    for key in ("unlock", "queries", "reflection", "publication", "extracts"):
        found.look(plumbline, "locked", key)
    yield found
    plumbline.window.close()
    plumbline.shutdown()


def import_file(plumbline: Plumbline, found: Walk) -> None:
    """Look at an import with all its columns, one after the other."""
    foreign = open_foreign(nacsa_like(), "made-up.csv", accept_weak=True)
    plumbline.show_foreign(foreign, lambda report: foreign)
    screen = plumbline.window.built("import_file")
    wait(lambda: screen.presenter.reading is not None)  # type: ignore[attr-defined]
    for place in range(screen.columns.table.model().rowCount()):  # type: ignore[attr-defined]
        screen.columns.table.selectRow(place)  # type: ignore[attr-defined]
        found.words[f"import, column {place}"] = seen(screen)
    found.look(plumbline, "a file", "import_file")


def hold_a_vault(plumbline: Plumbline) -> None:
    vault, _ = create_for_practice(
        plumbline.keeper.folder,
        "FICTIONAL Surgeon",
        gmc_number(1),
        PASSPHRASE,
        NOW,
        work_factor=4,
    )
    plumbline.keeper.hold(vault)


def write_everywhere(plumbline: Plumbline) -> None:
    """A note, correction requests, an action and a decision, as a surgeon writes them."""
    for key in ("overview", "quality", "reflection", "publication"):
        plumbline.go(key)
    write(plumbline.window.built("overview"), "FICTIONAL note")
    plumbline.window.built("reflection").plan.added.emit("pdp")  # type: ignore[attr-defined]
    publication = plumbline.window.built("publication").decision  # type: ignore[attr-defined]
    publication.choices["agreed"].setChecked(True)
    publication.save.click()
    drafts = plumbline.window.built("quality").findChildren(QPushButton)
    next(one for one in drafts if one.text().startswith(translated("Draft")[:5])).click()
    plumbline.go("queries")
    plumbline.window.built("queries").absent.click()  # type: ignore[attr-defined]


def literals(folder: Path) -> set[str]:
    """Return every text that is written in the sources of a folder, docstrings aside."""
    found = set()
    for path in folder.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        found |= {
            node.value.strip(" .:,;·")
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in told
        }
    return {one for one in found if re.search(r"[A-Za-z]{2,}", KEY.sub("", one))}


def test_the_words_of_every_screen_turn(walk: Walk) -> None:
    """What was not translated was written by core or stands in the data."""
    ours = literals(ROOT / "desktop") - literals(ROOT / "core") - NAMES
    phrases = [one for one in ours if one.count(" ") > 1]
    left = {}
    for place, texts in walk.words.items():
        for text in texts:
            rest = outside(text)
            bare = rest.strip(" .:,;·")
            if bare in ours or any(phrase in rest for phrase in phrases):
                left[rest] = place
    assert left == {}


def test_the_tool_finds_what_is_marked(ts: Path) -> None:
    """No text is lost by the way it is written: over lines, in a class, with escapes."""
    found = {one.findtext("source") for one in ElementTree.parse(ts).iter("message")}
    assert found == {text for tree in read(ROOT / "desktop").values() for _, text in marked(tree)}


def test_much_was_seen(walk: Walk) -> None:
    everything = set().union(*walk.words.values())
    turned = {one for one in everything if outside(one) != one}
    assert len(turned) > 400
    assert all(any(outside(one) != one for one in found) for found in walk.words.values())


def test_no_words_are_cut_though_they_are_longer(walk: Walk) -> None:
    assert {place: cut for place, cut in walk.cut.items() if cut} == {}


def test_a_made_up_text_keeps_what_must_stay() -> None:
    made = translated("<b>{n}</b> of %1 cases &amp; Workbook (*.xlsx);;")
    assert made.startswith("[<b>{n}</b> ")
    for kept in ("%1", "&amp;", "(*.xlsx)", ";;"):
        assert kept in made
    assert len(translated("Correction requests")) > 1.35 * len("Correction requests")
    assert outside(f"{translated('Case {n}').format(n=translated('one'))}: rest") == ": rest"
