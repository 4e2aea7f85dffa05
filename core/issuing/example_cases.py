"""The made-up nation's table of cases as the audit office holds it: CSV, the same for a seed."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from core.issuing.example_events import Mask, bleeding_risks, death_risks, events, stays
from core.issuing.example_faults import with_findings, with_gaps
from core.issuing.example_nation import PLANTED, gmc_number, hospital_name, nation, operations
from core.issuing.example_patients import patients

FIRST = 1


def national_csv(seed: int, *, survival: bool = False) -> bytes:
    """Return the national table; with `survival` death is recorded as its complement."""
    rng = np.random.default_rng(seed)
    cases = with_findings(with_gaps(_cases(rng), FIRST, rng), FIRST)
    cases["surgeon"] = [gmc_number(number) for number in cases["surgeon"]]
    cases.insert(0, "case_id", [f"X{row:06d}" for row in range(1, len(cases) + 1)])
    if survival:
        cases["survived"] = 1 - pd.to_numeric(cases.pop("died"))
        cases["survived"] = cases["survived"].astype("Int64")
    columns = [_written(cases[name]) for name in cases]
    rows = map(",".join, zip(*columns, strict=True))
    return "\r\n".join([",".join(map(str, cases.columns)), *rows, ""]).encode("utf-8")


def _written(cells: pd.Series) -> list[str]:
    """The cells as text, "" where missing; nothing made up here needs a quote."""
    which, known = pd.factorize(cells)
    texts = [f"{one:%Y-%m-%d}" if isinstance(one, pd.Timestamp) else str(one) for one in known]
    found: list[str] = np.array([*texts, ""], dtype=object)[which].tolist()
    return found


def _cases(rng: np.random.Generator) -> pd.DataFrame:
    surgeons = nation(rng)
    done = operations(surgeons, rng)
    cases = pd.DataFrame(
        {
            "surgeon": done["surgeon"],
            "operated_on": done["operated_on"],
            "provider": done["hospital"].map(hospital_name),
        }
    )
    cases = cases.join(patients(len(cases), rng))
    cases.insert(4, "record_number", [f"FICT-{row:07d}" for row in rng.permutation(len(cases))])
    effects = done["death_effect"].to_numpy(), done["bleeding_effect"].to_numpy()
    died = events(death_risks(cases), effects[0], _planted(cases, "death"), rng)
    returned = events(bleeding_risks(cases), effects[1], _planted(cases, "bleeding"), rng)
    cases = cases.join(stays(cases, died, rng))
    return cases.assign(died=died, returned_for_bleeding=returned)


def _planted(cases: pd.DataFrame, story: str) -> Iterator[tuple[Mask, float]]:
    """The cases that count of each planted surgeon whose ratio is fixed."""
    counted = ~cases["urgency"].isin(["emergency", "salvage"])
    for surgeon, planted in enumerate(PLANTED, start=1):
        ratio = getattr(planted, story)
        if ratio is not None:
            yield (counted & (cases["surgeon"] == surgeon)).to_numpy(dtype=bool), ratio
