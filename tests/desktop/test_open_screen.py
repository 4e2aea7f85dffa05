from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from core.charts.palette import LIGHT
from core.errors import (
    CancelledError,
    NotSealedError,
    PasswordNeededError,
    PlumblineError,
    WeakProtectionError,
    WrongKeyError,
)
from core.flow import Review
from core.intake.reading.foreign import Foreign
from core.sealing.age import Opener, Passphrase, X25519Identity, encrypt
from desktop.jobs import JobRunner, Report
from desktop.opening import open_chosen, read_chosen
from desktop.screens.open.presenter import Chosen, Ends, OpenPresenter, Roads
from desktop.screens.open.view import OpenScreen
from desktop.theme import Theme


class FakeView:
    """Keeps what it was told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, object]] = []

    def show_choice(self) -> None:
        self.told.append(("choice", None))

    def show_password(self, file_name: str) -> None:
        self.told.append(("password", file_name))

    def show_weak(self, file_name: str, words: str) -> None:
        self.told.append(("weak", words))

    def show_import(self, file_name: str) -> None:
        self.told.append(("import", file_name))

    def show_progress(self, done: int, total: int, label: str) -> None:
        self.told.append(("progress", label))

    def show_problem(self, error: Exception) -> None:
        self.told.append(("problem", error))

    @property
    def last(self) -> tuple[str, object]:
        return self.told[-1]


FOREIGN = Foreign("made-up.csv", "0" * 64, "none", ())


class Desk:
    """A presenter with a fake view; the password "right" opens a sealed file."""

    def __init__(self, runner: JobRunner, review: Review) -> None:
        self.view = FakeView()
        self.opened: list[Review] = []
        self.foreign: list[Foreign] = []
        self.tried: list[Chosen] = []
        self._review = review
        roads = Roads(self._read, self._open, lambda report: review)
        ends = Ends(self.opened.append, lambda foreign, again: self.foreign.append(foreign))
        self.presenter = OpenPresenter(self.view, runner, roads, ends)

    def _read(self, path: Path, report: Report) -> bytes:
        return path.suffix.encode()

    def _open(self, chosen: Chosen, keys: Sequence[Opener], report: Report) -> Review | Foreign:
        self.tried.append(chosen)
        if chosen.data == b".csv":
            if not chosen.accept_weak:
                raise WeakProtectionError("The file is not encrypted.")
            return FOREIGN
        if chosen.data != b".age":
            raise NotSealedError("The file is not sealed.")
        if not chosen.passwords:
            raise PasswordNeededError("The file is sealed with a password.")
        report(1, 8, "Unpacking")
        if chosen.passwords[-1] == "stopped":
            raise CancelledError("Stopped.")
        if chosen.passwords[-1] == "damaged":
            raise NotSealedError("Inside it is something else.")
        if chosen.passwords[-1] != "right":
            raise WrongKeyError("The password does not open this file.")
        return self._review


@pytest.fixture
def desk(runner: JobRunner, small_review: Review) -> Desk:
    return Desk(runner, small_review)


def test_example_opens_without_a_question(qtbot: QtBot, desk: Desk, small_review: Review) -> None:
    desk.presenter.choose_example()
    qtbot.waitUntil(lambda: desk.opened == [small_review])


def test_file_then_password(qtbot: QtBot, desk: Desk, small_review: Review) -> None:
    desk.presenter.choose_file(Path("folder") / "mine.age")
    qtbot.waitUntil(lambda: desk.view.last == ("password", "mine.age"))
    desk.presenter.give_password("right")
    qtbot.waitUntil(lambda: desk.opened == [small_review])
    assert ("progress", "Unpacking") in desk.view.told


def test_other_files_are_told_and_another_may_be_chosen(qtbot: QtBot, desk: Desk) -> None:
    desk.presenter.choose_file(Path("letter.docx"))
    qtbot.waitUntil(lambda: desk.view.last[0] == "problem")
    assert desk.view.told[-2] == ("choice", None)
    assert isinstance(desk.view.last[1], NotSealedError)


def test_what_nothing_protects_is_told_before_it_opens(qtbot: QtBot, desk: Desk) -> None:
    desk.presenter.choose_file(Path("mine.csv"))
    qtbot.waitUntil(lambda: desk.view.last == ("weak", "The file is not encrypted."))
    assert desk.foreign == []
    desk.presenter.accept_weak()
    qtbot.waitUntil(lambda: desk.foreign == [FOREIGN])
    assert desk.view.told[-2:] == [("choice", None), ("import", "made-up.csv")]
    assert desk.opened == []


def test_earlier_passwords_are_tried_again_for_a_lock_inside(qtbot: QtBot, desk: Desk) -> None:
    desk.presenter.choose_file(Path("mine.age"))
    qtbot.waitUntil(lambda: desk.view.last[0] == "password")
    desk.presenter.give_password("outer")
    qtbot.waitUntil(lambda: desk.view.last[0] == "problem")
    desk.presenter.give_password("right")
    qtbot.waitUntil(lambda: bool(desk.opened))
    assert desk.tried[-1].passwords == ("outer", "right")


@pytest.mark.parametrize("password", ["wrong", "stopped"])
def test_after_a_wrong_password_or_stop_it_is_asked_again(
    qtbot: QtBot, desk: Desk, password: str
) -> None:
    desk.presenter.choose_file(Path("mine.age"))
    qtbot.waitUntil(lambda: desk.view.last[0] == "password")
    desk.presenter.give_password(password)
    qtbot.waitUntil(lambda: desk.view.last[0] == "problem")
    assert desk.view.told[-2] == ("password", "mine.age")
    desk.presenter.give_password("right")
    qtbot.waitUntil(lambda: bool(desk.opened))


def test_a_damaged_file_is_left(qtbot: QtBot, desk: Desk) -> None:
    desk.presenter.choose_file(Path("mine.age"))
    qtbot.waitUntil(lambda: desk.view.last[0] == "password")
    desk.presenter.give_password("damaged")
    qtbot.waitUntil(lambda: desk.view.last[0] == "problem")
    assert desk.view.told[-2] == ("choice", None)


def test_an_empty_password_is_told_before_any_work(qtbot: QtBot, desk: Desk) -> None:
    desk.presenter.choose_file(Path("mine.age"))
    qtbot.waitUntil(lambda: desk.view.last[0] == "password")
    desk.presenter.give_password("")
    name, error = desk.view.last
    assert (name, getattr(error, "code", "")) == ("problem", "E106")


@pytest.fixture
def screen(qtbot: QtBot, fonts: None) -> OpenScreen:
    made = OpenScreen(Theme(LIGHT))
    qtbot.addWidget(made)
    return made


def test_a_problem_is_message_hint_and_code(screen: OpenScreen) -> None:
    screen.show_problem(WrongKeyError("The password does not open this file."))
    assert screen.problem == (
        "The password does not open this file. "
        "Check its password; the audit office sends it separately from the file. (E102)"
    )


def test_stopping_shows_nothing(screen: OpenScreen) -> None:
    screen.show_problem(CancelledError("Stopped."))
    assert screen.problem == ""


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=400),
        st.binary(max_size=200).map(b"age-encryption.org/v1\n".__add__),
        st.binary(max_size=200).map(b"-----BEGIN AGE ENCRYPTED FILE-----\n".__add__),
        st.just(b"age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 18\n"),
    )
)
def test_any_file_is_opened_or_ends_in_one_of_our_errors(data: bytes) -> None:
    with suppress(PlumblineError):
        chosen = Chosen(data, "dropped", ("a password",), accept_weak=True)
        assert isinstance(open_chosen(chosen, (), silent), Foreign)


def test_a_folder_or_an_absent_file_is_told(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "absent.age"):
        with pytest.raises(PlumblineError, match="E601"):
            read_chosen(path, silent)


def test_a_file_sealed_for_a_key_asks_for_no_password() -> None:
    key = X25519Identity.generate()
    sealed = encrypt(b"a,b\n1,2\n", [key.recipient])
    with pytest.raises(WrongKeyError, match="sealed for a key"):
        open_chosen(Chosen(sealed, "for a key.age"), (), silent)
    found = open_chosen(Chosen(sealed, "for a key.age"), (key,), silent)
    assert isinstance(found, Foreign)
    assert found.protection == "strong"


def test_a_password_is_asked_for_before_any_work() -> None:
    sealed = encrypt(b"anything", [Passphrase("a password")], work_factor=2)
    with pytest.raises(PasswordNeededError):
        open_chosen(Chosen(sealed, "mine.age"), (), silent)


def silent(done: int, total: int, label: str) -> None:
    """Report progress to nobody."""
