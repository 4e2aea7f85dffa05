"""The words of a picture are drawn as they are, whatever signs an audit uses."""

import pytest
from matplotlib.figure import Figure

from core.charts.palette import PRINT
from core.charts.provenance import with_provenance
from core.charts.style import plain_axes, render, styled


@pytest.mark.parametrize("words", [r"Cost in $\frac{1}$", "$x^{$", "100 % _a_ & <b>"])
@pytest.mark.parametrize("kind", ["svg", "png", "pdf"])
def test_a_dollar_sign_begins_no_formula(words, kind) -> None:
    with styled(PRINT):
        figure = Figure()
        axes = plain_axes(figure)
        axes.set_title(words)
        axes.text(0.5, 0.5, words)
    assert render(with_provenance(figure, (words,), PRINT), kind)
