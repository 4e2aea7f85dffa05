from dataclasses import replace
from datetime import date

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from core.extract.manifest import Publication
from core.flow import Review
from core.results.public import UNSAID, public_view
from core.review.decision import UNSAID as NO_CONSEQUENCE
from core.review.kept import archive_id
from desktop.jobs import JobRunner
from desktop.keeping import Keeper
from desktop.registry import SCREENS
from desktop.screens.publication.presenter import LOCKED, badge
from desktop.screens.publication.view import PublicationScreen, build
from desktop.session import Session
from tests.desktop.made_up import made_up_review
from tests.desktop.on_desk import Ways, session, unlock

PRESUMED = Publication(
    regime="presumed",
    deadline=date(2026, 11, 30),
    default="Published as it stands. (FICTIONAL)",
    shown="Your name and the funnel. (FICTIONAL)",
    consequences={"objected": "Your name is listed with the reason. (FICTIONAL)"},
)


def published(publication: Publication, **changes: object) -> Review:
    found = made_up_review()
    manifest = msgspec.structs.replace(found.extract.manifest, publication=publication, **changes)
    return replace(found, extract=replace(found.extract, manifest=manifest))


@pytest.fixture
def ways() -> Ways:
    return Ways()


@pytest.fixture
def on_desk(runner: JobRunner, keeper: Keeper, ways: Ways) -> Session:
    return session(published(PRESUMED), runner, keeper, ways)


@pytest.fixture
def screen(qtbot: QtBot, fonts: None, on_desk: Session) -> PublicationScreen:
    made = build(on_desk)
    qtbot.addWidget(made)
    made.resize(1180, 900)
    with qtbot.waitExposed(made):
        made.show()
    return made


def offered(review: Review, runner: JobRunner) -> bool:
    entry = next(one for one in SCREENS if one.key == "publication")
    return entry.offered(session(review, runner))


def test_it_is_hidden_where_nothing_is_published(runner: JobRunner) -> None:
    assert not offered(published(Publication()), runner)
    assert offered(published(PRESUMED), runner)


def test_below_the_minimum_nothing_is_shown_in_public() -> None:
    found = made_up_review()
    few = tuple(replace(one, minimum_cases=1000, position="too_few") for one in found.results)
    view = public_view(found.extract.manifest, few)
    assert view.states == UNSAID
    for one in view.outcomes:
        assert one.sentence == "Not shown: below the audit’s minimum of 1,000 cases."
        assert one.position == ""


def test_the_public_reads_of_patients_in_the_third_person() -> None:
    found = made_up_review()
    first = public_view(found.extract.manifest, found.results).outcomes[0]
    assert first.sentence.startswith("11 of 400 patients died; for patients with the same risks,")
    assert "you" not in first.sentence.lower()


def test_choices_say_only_what_the_extract_says(screen: PublicationScreen) -> None:
    said = screen.decision.choices["objected"].accessibleDescription()
    assert said == "Your name is listed with the reason. (FICTIONAL)"
    assert screen.decision.choices["agreed"].accessibleDescription() == NO_CONSEQUENCE


def test_an_objection_needs_a_reason(screen: PublicationScreen, keeper: Keeper) -> None:
    unlock(keeper)
    assert not screen.decision.save.isEnabled()
    screen.decision.choices["objected"].click()
    assert not screen.decision.save.isEnabled()
    screen.decision.reasons["records"].click()
    screen.decision.save.click()
    (decision,) = keeper.state.decisions.values()
    assert decision.made is not None
    assert (decision.made.choice, decision.made.reason) == ("objected", "records")


def test_not_sent_until_it_is_recorded(
    screen: PublicationScreen, keeper: Keeper, on_desk: Session
) -> None:
    unlock(keeper)
    assert badge(on_desk) == "28 days"
    screen.decision.choices["agreed"].click()
    screen.decision.save.click()
    words = screen.sent._says.accessibleName()
    assert words.startswith("Saved on this computer only. Not sent. Send the file to")
    assert words.endswith("by 30 November 2026.")
    assert badge(on_desk) == "Not sent"
    screen.sent.day.field.setText("2/11/2026")
    screen.sent.to.setText("the audit")
    assert not screen.sent.record.isEnabled()
    screen.sent.how.setText("post")
    screen.sent.record.click()
    assert "Recorded as sent on 2 November 2026." in screen.sent._says.accessibleName()
    assert badge(on_desk) == ""
    screen.decision.withdraw.click()
    assert badge(on_desk) == "Not sent"
    (decision,) = keeper.state.decisions.values()
    assert len(decision.steps) == 3


def test_the_checklist_is_kept(screen: PublicationScreen, keeper: Keeper) -> None:
    unlock(keeper)
    screen.checks["checked"].click()
    (decision,) = keeper.state.decisions.values()
    assert decision.checks == {"checked"}
    screen.checks["checked"].click()
    (decision,) = keeper.state.decisions.values()
    assert decision.checks == frozenset()
    assert decision.steps == ()


def test_a_locked_vault_is_not_called_unreviewed(screen: PublicationScreen, keeper: Keeper) -> None:
    unlock(keeper)
    keeper.lock()
    assert screen.decision._standing.text() == LOCKED


def test_deciding_while_locked_asks_for_the_vault_and_is_then_written(
    screen: PublicationScreen, keeper: Keeper, on_desk: Session
) -> None:
    asked: list[bool] = []
    keeper.wanted.connect(lambda: asked.append(True))
    screen.decision.choices["agreed"].click()
    screen.decision.save.click()
    assert asked == [True]
    unlock(keeper)
    assert keeper.state.decisions.keys() == {archive_id(on_desk.review.extract)}


def test_another_surgeons_extract_is_refused(
    screen: PublicationScreen, keeper: Keeper, ways: Ways
) -> None:
    unlock(keeper, gmc="1111111")
    screen.decision.choices["agreed"].click()
    screen.decision.save.click()
    assert [type(error).__name__ for error in ways.told] == ["OtherSurgeonError"]
    assert not keeper.state.decisions
