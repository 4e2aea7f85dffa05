"""On the screens, whose the national line is stands beside the position, and no pack is revoked."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.errors import RevokedBenchmarkError
from core.issuing.example import write_example
from core.report.evidence import evidence_bytes
from core.report.pages.appraisal import appraisal
from core.report.pages.pdf import pdf_bytes
from core.report.verifying.verify import verify
from desktop.jobs import JobRunner
from desktop.keeping import Keeper
from desktop.screens.funnel.line_card import _lined
from desktop.screens.funnel.methods import OWN_UNVOUCHED
from desktop.screens.funnel.presenter import FunnelPage, FunnelPresenter, PartPage
from desktop.screens.import_file.making import read_pack
from desktop.screens.overview.view import build
from desktop.screens.verify.account import account
from tests.core import made_export
from tests.core.made_export import TRUST
from tests.core.made_pack import made_pack
from tests.core.made_review import NOTHING, QUICK
from tests.core.test_import_line import silent
from tests.core.test_line_origin import BESIDE, SAID, UNVOUCHED, lined, revoked
from tests.desktop.on_desk import session


class FakeFunnel:
    """Keeps the page it was shown."""

    page: FunnelPage

    def show_choice(self, outcomes: tuple[tuple[str, str], ...]) -> None: ...

    def show_page(self, page: FunnelPage) -> None:
        self.page = page

    def show_part(self, part: PartPage) -> None: ...


def funnel_of(state: str, method: str = "audit") -> FunnelPage:
    view = FakeFunnel()
    presenter = FunnelPresenter(view, lined(state))
    presenter.show()
    presenter.choose_method(method)
    return view.page


@pytest.mark.parametrize("state", ["unsigned", "revoked", "typed", "verified"])
def test_the_overview_card_says_it(
    qtbot: QtBot, fonts: None, runner: JobRunner, keeper: Keeper, state: str
) -> None:
    screen = build(session(lined(state), runner, keeper))
    qtbot.addWidget(screen)
    said = [label.text() for label in screen.findChildren(QLabel)]
    words = f"{BESIDE[state][0].upper()}{BESIDE[state][1:]}"
    assert said.count(words) == len(made_export.review().results)


@pytest.mark.parametrize("state", ["unsigned", "revoked", "typed"])
def test_the_funnel_says_it_and_does_not_call_the_method_the_audits(state: str) -> None:
    page = funnel_of(state)
    assert BESIDE[state][1:] in page.in_words
    assert "the audit’s own" not in page.subtitle
    assert page.methods[0][1] == OWN_UNVOUCHED
    assert "audit’s own" not in " ".join(funnel_of(state, "normal").remarks)


def test_a_trusted_packs_method_is_the_audits() -> None:
    page = funnel_of("verified")
    assert "the audit’s own" in page.subtitle
    assert page.methods[0][1] == "The audit’s own method"
    assert UNVOUCHED not in page.in_words


def test_the_verify_screen_says_it() -> None:
    document, evidence = appraisal(lined("unsigned"), NOTHING, QUICK)
    found = verify(pdf_bytes(document, evidence_bytes(evidence)), TRUST)
    assert any(SAID["unsigned"] in words for words in account("a.pdf", found).findings)


ROADS: dict[str, Callable[[Path], object]] = {
    "import_file.making": lambda pack: read_pack(pack, silent),
    "funnel.line_card": lambda pack: _lined(
        lined("unsigned").extract, pack, made_export.AT, silent
    ),
}


@pytest.mark.parametrize("road", ROADS)
def test_a_pack_of_a_revoked_issuer_is_refused(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, road: str
) -> None:
    pack = made_pack(write_example(tmp_path_factory.mktemp("example"), silent).folder)
    entries = revoked(pack).entries
    monkeypatch.setattr(f"desktop.screens.{road}.shipped_entries", lambda: entries)
    with pytest.raises(RevokedBenchmarkError, match="is revoked"):
        ROADS[road](pack)
