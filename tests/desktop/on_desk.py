"""A desk for a screen under test: ways out that remember, and a vault in a folder of its own."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from core.charts.palette import LIGHT
from core.flow import Review
from core.review.kept import archive_id
from core.review.vault import create
from desktop.jobs import JobRunner
from desktop.keeping import Keeper
from desktop.registry import SCREENS
from desktop.session import Desk, Session
from desktop.theme import Theme

NOW = datetime(2026, 11, 2, 21, 0, tzinfo=UTC)
PASSPHRASE = "a long made-up passphrase"


@dataclass
class Ways:
    """What a screen asked for."""

    gone: list[tuple[str, str]] = field(default_factory=list)
    opened: list[Review] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)
    told: list[Exception] = field(default_factory=list)
    noted: list[str] = field(default_factory=list)
    seen: list[int] = field(default_factory=list)


def keeper_in(folder: Path) -> Keeper:
    """Return a keeper of a vault that is not made yet, at a fixed time."""
    return Keeper(folder / "vault", clock=lambda: NOW)


def unlock(keeper: Keeper, gmc: str = "0000000") -> str:
    """Make the keeper's vault and hold it open; return its recovery secret."""
    vault, secret = create(keeper.folder, "FICTIONAL Surgeon", gmc, PASSPHRASE, NOW, work_factor=4)
    keeper.hold(vault)
    return secret


def desk(runner: JobRunner, keeper: Keeper, ways: Ways | None = None) -> Desk:
    """Return a desk with no review on it."""
    return Desk(**_ways(runner, keeper, ways))


def session(
    review: Review, runner: JobRunner, keeper: Keeper | None = None, ways: Ways | None = None
) -> Session:
    """Return a desk with `review` on it."""
    keeper = keeper or Keeper(Path("nowhere"))
    found = ways or Ways()
    return Session(
        **_ways(runner, keeper, found),
        review=review,
        extract=archive_id(review.extract),
        see=found.seen.append,
    )


def shown_on_every_screen(qtbot: QtBot, review: Review, runner: JobRunner) -> Ways:
    """Build, show and paint every screen on `review`; return what they asked for or told."""
    ways = Ways()
    on_it = session(review, runner, ways=ways)
    for listed in SCREENS:
        screen = listed.build(on_it)
        qtbot.addWidget(screen)
        screen.resize(1100, 760)
        with qtbot.waitExposed(screen):
            screen.show()
        screen.grab()
    return ways


def _ways(runner: JobRunner, keeper: Keeper, ways: Ways | None) -> dict[str, Any]:
    found = ways or Ways()
    return {
        "theme": Theme(LIGHT),
        "runner": runner,
        "keeper": keeper,
        "go": lambda key, outcome="": found.gone.append((key, outcome)),
        "open_review": found.opened.append,
        "take": found.files.extend,
        "tell": found.told.append,
        "note": found.noted.append,
    }
