"""Write docs/methods.md from the worked examples of the specification tests."""

from tests.spec.method import Method
from tests.spec.methods_of_cases import CASES
from tests.spec.methods_of_counts import COUNTS

HEAD = """# Methods

One definition a number. Each worked example is checked in `tests/spec/test_methods.py` against a
calculation that is not ours; other packages' golden values and published figures are checked in
`tests/spec/test_golden.py` and `tests/spec/test_published.py`. This page is generated.

O observed, E expected events, n cases, pᵢ a case's risk, yᵢ its outcome, c = O_N/E_N the national
ratio. Above always means more adverse events than expected; a favourable outcome is computed on
its adverse complement. A point exactly on a limit is inside. Decisions rest on unrounded numbers.

## Before a funnel is drawn

1. **Choices of policy** (indicator, period, population, limits) are the audit's, stand in the
   signed manifest and are shown beside the chart.
2. **The case-mix model** is checked by discrimination and calibration, nationally in the issue
   report and by band of own cases on the Case-mix screen.
3. **Enough cases**: what the chart would have missed stands beside every position.
4. **Over-dispersion** is tested against simulation before it may widen limits.
5. **Relation with volume** is tested in the issue report.
6. **How the funnel is built** is this page.

Standardised ratios of two surgeons are not comparable with each other, only with the standard.
"""


def methods_page() -> str:
    """Return the page."""
    return "\n".join([HEAD, *(_section(method) for method in (*COUNTS, *CASES))])


def _section(method: Method) -> str:
    differs = f"* Elsewhere: {method.differs}\n" if method.differs else ""
    return (
        f"## {method.name}\n\n"
        f"* Formula: {method.formula}\n"
        f"* Source: {method.source}\n"
        f"* Example: {method.example} = **{method.ours():.6g}**\n"
        f"{differs}"
    )


if __name__ == "__main__":
    print(methods_page(), end="")
