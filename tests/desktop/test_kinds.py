"""Every kind of outcome an extract may hold is shown on every screen without a fault."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from core.extract.manifest import Limits
from core.flow import Review
from desktop.jobs import JobRunner
from tests.desktop.made_up import emptied_review, made_up_review, varied_review
from tests.desktop.on_desk import shown_on_every_screen

KINDS: dict[str, Callable[[], Review]] = {
    "no deaths": lambda: made_up_review(events=0),
    "everybody died": lambda: made_up_review(events=400),
    "hidden peers": lambda: varied_review(peers="hidden"),
    "peers with counts": lambda: varied_review(peers="counts"),
    "favourable": lambda: varied_review(direction="favourable"),
    "centred on the nation": lambda: varied_review(centre="national"),
    "too few": lambda: varied_review(minimum_cases=1000),
    "a count for each case": lambda: varied_review(kind="ratio"),
    "continuous": lambda: varied_review(kind="continuous"),
    "binomial": lambda: varied_review(limits=Limits(model="binomial")),
    "own risks": lambda: varied_review(limits=Limits(model="poisson_binomial")),
    "over-dispersed": lambda: varied_review(limits=Limits(overdispersion="additive")),
    "normal limits": lambda: varied_review(limits=Limits(style="normal")),
    "unusual levels": lambda: varied_review(limits=Limits(levels=(0.99, 0.999))),
    "no risk known": lambda: emptied_review("risk.death"),
    "no outcome known": lambda: emptied_review("outcome.death"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_screen_shows_it(qtbot: QtBot, fonts: None, runner: JobRunner, kind: str) -> None:
    assert shown_on_every_screen(qtbot, KINDS[kind](), runner).told == []
