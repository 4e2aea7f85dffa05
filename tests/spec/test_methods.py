"""Each worked example of the methods page equals another's calculation, and the page is current."""

from pathlib import Path

import pytest

from scripts.document_methods import methods_page
from tests.spec.methods_of_cases import CASES
from tests.spec.methods_of_counts import COUNTS

PAGE = Path(__file__).parents[2] / "docs" / "methods.md"


@pytest.mark.parametrize("method", [*COUNTS, *CASES], ids=lambda method: method.name)
def test_the_worked_example_is_anothers_value(method):
    assert method.ours() == pytest.approx(method.theirs(), rel=method.tolerance)


def test_the_page_is_current():
    assert PAGE.read_text(encoding="utf-8") == methods_page()
