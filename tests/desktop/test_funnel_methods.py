"""Another method changes the picture and says so; it never changes what is said of the surgeon."""

import pytest

from core.flow import Review
from desktop.screens.funnel.methods import METHODS, NOTE, OWN, offered
from desktop.screens.funnel.presenter import FunnelPage, FunnelPresenter, PartPage


class Shown:
    """Keeps the pages it was shown."""

    def __init__(self) -> None:
        self.pages: list[FunnelPage] = []

    def show_choice(self, outcomes: tuple[tuple[str, str], ...]) -> None:
        self.outcomes = outcomes

    def show_page(self, page: FunnelPage) -> None:
        self.pages.append(page)

    def show_part(self, part: PartPage) -> None:
        self.part = part


@pytest.mark.parametrize("key", [key for key, _, _ in METHODS if key != OWN])
def test_the_position_and_its_numbers_stay_the_audits(key: str, small_review: Review) -> None:
    view = Shown()
    presenter = FunnelPresenter(view, small_review)
    presenter.show()
    presenter.choose_method(key)
    own, other = view.pages
    assert (other.in_words, other.missed, other.lines) == (own.in_words, own.missed, own.lines)
    assert NOTE in other.remarks
    assert NOTE in other.description
    assert other.method == key


def test_a_changed_model_is_said_on_the_picture_and_what_leaves(small_review: Review) -> None:
    view = Shown()
    presenter = FunnelPresenter(view, small_review)
    presenter.show()
    presenter.choose_method("binomial")
    assert "not the audit’s method" in view.pages[-1].subtitle
    assert any("not the audit’s method" in line for line in view.pages[-1].provenance)
    presenter.choose_method(OWN)
    assert NOTE not in view.pages[-1].remarks


def test_only_a_binary_outcome_has_a_choice() -> None:
    assert len(offered("binary")) == len(METHODS)
    assert offered("ratio") == offered("continuous") == ()


def test_methods_are_offered_in_plain_words() -> None:
    labels = [label for _, label in offered("binary")]
    assert "Widened for variation beyond chance" in labels
    assert not any("dispersion" in label for label in labels)
