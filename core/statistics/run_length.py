"""How long a risk-adjusted CUSUM runs before it signals, by a Markov chain on the risk mix."""

import numpy as np
import numpy.typing as npt
from scipy.linalg import solve_toeplitz
from scipy.optimize import brentq

from core.errors import BadNumberError, NoAnswerError
from core.statistics.cases import Floats, as_risks
from core.statistics.cusum import checked_limit, checked_odds_ratio, cusum_weights

CELLS = 600
GROUPS = 500


def average_run_length(
    risks: npt.ArrayLike, odds_ratio: float, limit: float, true_ratio: float = 1.0
) -> float:
    """Return the mean number of cases up to and with the first signal, cases drawn from `risks`.

    `true_ratio` multiplies the odds of every case: 1 is in control. Infinite where no case can
    ever move the chart up. NoAnswerError without risks, BadNumberError for bad input.
    Source: Brook & Evans, Biometrika 1972; 59: 539, with interpolation between states.
    """
    steps = mix_steps(risks, odds_ratio, true_ratio)
    return chain_run_length(*steps, checked_limit(limit))


def two_sided_run_length(upper: float, lower: float) -> float:
    """Return the mean run to a signal on either of two sides with these average run lengths.

    1/ARL = 1/upper + 1/lower (Kemp, Applied Statistics 1961; 10: 149): exact where one side is at
    0 whenever the other signals, and close otherwise.
    """
    if not (upper > 0 and lower > 0):
        raise BadNumberError("An average run length must be above 0.")
    return float(1 / (1 / upper + 1 / lower)) if min(upper, lower) < np.inf else np.inf


def limit_for_arl(risks: npt.ArrayLike, odds_ratio: float, arl: float = 5000.0) -> float:
    """Return the limit h at which the in-control average run length is `arl` cases.

    The likelihood-ratio chart's run is at least exp(h) cases (Lorden 1971), which brackets h.
    NoAnswerError where the mix has no such limit: risks all 0 or 1, or so low that even a chart
    that signals at the first event runs longer.
    """
    if not 1 < arl < np.inf:
        raise BadNumberError("An average run length must be above 1 and finite.")
    steps = mix_steps(risks, odds_ratio, 1.0)

    def excess(limit: float) -> float:
        return float(np.log(chain_run_length(*steps, limit) / arl))

    lowest, highest = 1e-6, float(np.log(arl)) + 1
    if excess(lowest) >= 0:
        raise NoAnswerError("No CUSUM limit gives so short a run for these risks.")
    return float(brentq(excess, lowest, highest, xtol=1e-10))


def false_signal_probability(
    risks: npt.ArrayLike, odds_ratio: float, limit: float, cases: int
) -> float:
    """Return the chance of at least one signal within `cases` in-control cases drawn from `risks`.

    BadNumberError for a negative number of cases, NoAnswerError without risks.
    """
    if not (cases >= 0 and float(cases).is_integer()):
        raise BadNumberError("The number of cases must be a whole number, 0 or more.")
    mix, limit = mix_steps(risks, odds_ratio, 1.0), checked_limit(limit)
    coarse, fine = (
        signal_chance(transitions(*mix, limit, cells), int(cases))
        for cells in (CELLS // 6, CELLS // 3)
    )
    return float(np.clip((4 * fine - coarse) / 3, 0, 1))


def mix_steps(risks: npt.ArrayLike, odds_ratio: float, true_ratio: float) -> tuple[Floats, Floats]:
    """Return every step the chart can take and its chance, for a case drawn from `risks`."""
    checked_odds_ratio(odds_ratio)
    if not 0 < true_ratio < np.inf:
        raise BadNumberError("The true odds ratio must be positive.")
    chances, shares = risk_mix(risks)
    true = true_ratio * chances / (1 - chances + true_ratio * chances)
    steps = [cusum_weights(chances, np.full_like(chances, y), odds_ratio) for y in (0, 1)]
    return np.concatenate(steps), np.concatenate([shares * (1 - true), shares * true])


def risk_mix(risks: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Return mean risk and share of cases in each occupied group of like risks.

    Groups are equally wide in √p, so that each loses the same tiny share of a step's variance.
    """
    chances = as_risks(risks)
    if not chances.size:
        raise NoAnswerError("There are no cases to run the chart on.")
    group = np.rint(np.sqrt(chances) * GROUPS).astype(np.intp)
    counts = np.bincount(group)
    sums = np.bincount(group, weights=chances)
    held = counts > 0
    return np.minimum(sums[held] / counts[held], 1.0), counts[held] / chances.size


def jumps(steps: Floats, chances: Floats, limit: float, cells: int) -> tuple[Floats, Floats]:
    """Return the chances of moving by −cells − 1 … cells + 2 cells of width limit / cells.

    A step that lands between two cells is shared so that its mean is kept: the first answer is
    the share of the cell below, the second that of the cell above.
    """
    place = np.clip(steps / (limit / cells), -cells - 1, cells + 1)
    floor = np.floor(place).astype(np.intp)
    above, origin, size = place - floor, cells + 1, 2 * cells + 4
    stay = np.bincount(floor + origin, weights=chances * (1 - above), minlength=size)
    rise = np.bincount(floor + origin + 1, weights=chances * above, minlength=size)
    return stay.astype(np.float64), rise.astype(np.float64)


def transitions(steps: Floats, chances: Floats, limit: float, cells: int) -> Floats:
    """Return the chain's substochastic matrix on cells + 1 values from 0 to just under the limit.

    A fall below 0 ends at 0; a step that reaches the limit leaves the chain.
    """
    stay, rise = jumps(steps, chances, limit, cells)
    states = np.arange(cells + 1)
    at = states - states[:, None] + cells + 1
    moves: Floats = (stay + rise)[at]
    moves[:, -1] = rise[at[:, -1]]
    moves[:, 0] = np.cumsum(stay + rise)[at[:, 0]]
    return moves


def steps_to_leave(steps: Floats, chances: Floats, limit: float, cells: int) -> float:
    """Return the mean number of steps that the chain of `transitions` takes from 0 to leave.

    Its matrix is constant along diagonals but for two columns, so that it is solved by Levinson's
    recursion and a correction (Woodbury) for those columns.
    """
    stay, rise = jumps(steps, chances, limit, cells)
    both, origin = stay + rise, cells + 1
    down, across = -both[origin:0:-1], -both[origin : 2 * cells + 2]
    down[0] = across[0] = 1 - both[origin]
    first, last = -np.cumsum(both)[cells::-1], stay[2 * cells + 1 : cells : -1]
    right = np.column_stack([np.ones(cells + 1), first, last])
    ends = solve_toeplitz((down, across), right)[[0, -1]]
    return float(np.linalg.solve(np.eye(2) + ends[:, 1:], ends[:, 0])[0])


def signal_chance(moves: Floats, cases: int) -> float:
    """Return the chance that the chain is left within so many steps from 0, by squaring."""
    held = np.ones(len(moves))
    while cases:
        if cases % 2:
            held = moves @ held
        cases //= 2
        if cases:
            moves = moves @ moves
    return float(1 - held[0])


def chain_run_length(steps: Floats, chances: Floats, limit: float) -> float:
    """Return the mean number of steps to the limit, extrapolated from two widths of cell.

    The chain's error falls with the square of the width (Richardson). Infinite where no step is up.
    """
    if not np.any(chances[steps > 0] > 0) or limit == np.inf:
        return np.inf
    try:
        coarse, fine = (
            np.log(steps_to_leave(steps, chances, limit, cells)) for cells in (CELLS // 2, CELLS)
        )
    except np.linalg.LinAlgError:
        raise NoAnswerError("The run length of a CUSUM cannot be worked out here.") from None
    return float(np.exp((4 * fine - coarse) / 3))
