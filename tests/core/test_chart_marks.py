"""Numbered marks stand on the panels they name and change nothing without being asked for."""

from matplotlib.figure import Figure

from core.charts.marks import Mark, draw_marks
from core.charts.palette import PRINT
from core.charts.style import plain_axes, render, styled


def _labels(figure: Figure) -> list[str]:
    return [text.get_text() for axes in figure.axes for text in axes.texts]


def test_each_mark_is_drawn_once_with_its_number() -> None:
    with styled(PRINT):
        figure = Figure()
        axes = plain_axes(figure)
        axes.set_xlim(0, 100)
        marks = [Mark(3, "vlad", 10, 40), Mark(1, "vlad", 20, 30), Mark(2, "cusum", 5, 5, 1.5)]
        draw_marks(axes, marks, PRINT)
    assert sorted(_labels(figure)) == ["1", "2", "3"]
    svg = render(figure, "svg").decode()
    assert all(f'id="note-{number}"' in svg for number in (1, 2, 3))


def test_overlapping_stretches_lie_in_different_lanes() -> None:
    with styled(PRINT):
        figure = Figure()
        axes = plain_axes(figure)
        draw_marks(
            axes, [Mark(1, "vlad", 1, 9), Mark(2, "vlad", 5, 12), Mark(3, "vlad", 10, 14)], PRINT
        )
    first, second, third = (text.xy[1] for text in axes.texts)
    assert first == third
    assert first != second
