"""One run of issuing: everything the extracts of an edition share, fixed before the first."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from hashlib import sha256

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.audits.profile import Profile
from core.errors import BadTableError
from core.extract.manifest import Field, Outcome, Period
from core.intake.cases import NationalCases, cases_from
from core.issuing.benchmark import Benchmark, benchmark
from core.issuing.risks import with_risks
from core.results.count_model import dispersion
from core.results.options import Options
from core.results.outcome import Dispersion
from core.sealing.signatures import CertifiedKey, sign

Report = Callable[[int, int, str], None]


@dataclass(frozen=True, eq=False)
class Edition:
    """A national table made ready: typed, risks attached, the nation computed.

    `rows_of` gives the positions of each surgeon's cases; `dispersion` the nation's τ² and φ of
    each outcome; `outside` counts rows of the table that lie outside the period.
    """

    profile: Profile
    issuer: CertifiedKey
    issued_at: datetime
    period: Period
    follow_up_to: date
    national: NationalCases
    nation: Benchmark
    rows_of: Mapping[str, NDArray[np.intp]]
    dispersion: Mapping[str, Dispersion]
    fields: tuple[Field, ...]
    outside: int

    def cases_of(self, surgeon: str) -> pd.DataFrame:
        """Return the surgeon's cases in the audit's order."""
        return self.national.cases.iloc[self.rows_of[surgeon]].reset_index(drop=True)

    def units(self, code: str) -> pd.DataFrame:
        """Return the nation's rows for the outcome `code`."""
        return self.nation.units[self.nation.units["outcome"] == code]


def prepare(
    table: pd.DataFrame, profile: Profile, issuer: CertifiedKey, issued_at: datetime, report: Report
) -> Edition:
    """Return the edition that the national `table` makes under `profile`.

    A time without a zone is taken as UTC.
    """
    report(0, 4, "Reading the national table")
    typed = cases_from(table, profile)
    report(1, 4, "Attaching risks")
    period, follow_up_to = _window(typed.cases, profile)
    everything = with_risks(typed, profile)
    national = _within(everything, period)
    report(2, 4, "Computing the nation")
    words = f"{period.start:%Y-%m-%d}/{period.end:%Y-%m-%d}"
    nation = benchmark(national, profile, words, follow_up_to, _unit_secret(issuer, profile))
    report(3, 4, "Measuring how far units differ beyond chance")
    edition = Edition(
        profile=profile,
        issuer=issuer,
        issued_at=issued_at if issued_at.tzinfo else issued_at.replace(tzinfo=UTC),
        period=period,
        follow_up_to=follow_up_to,
        national=national,
        nation=nation,
        rows_of=_rows_of(national.surgeons),
        dispersion={},
        fields=fields_of(profile, nation.completeness),
        outside=len(everything.cases) - len(national.cases),
    )
    spread = {outcome.code: _spread(edition, outcome) for outcome in nation.outcomes}
    return replace(edition, dispersion=spread)


def _window(cases: pd.DataFrame, profile: Profile) -> tuple[Period, date]:
    """The profile's dates; what it leaves open is taken from the first and last operation."""
    days = cases["operated_on"]
    start = profile.window.start or days.min().date()
    end = profile.window.end or days.max().date()
    return Period(start=start, end=end), profile.window.follow_up_to or end


def _within(national: NationalCases, period: Period) -> NationalCases:
    days = national.cases["operated_on"]
    inside = (days >= pd.Timestamp(period.start)) & (days <= pd.Timestamp(period.end))
    if not inside.any():
        raise BadTableError("No row of the table lies within the period.")
    return NationalCases(
        surgeons=national.surgeons[inside].reset_index(drop=True),
        cases=national.cases[inside].reset_index(drop=True),
        source=national.source[inside].reset_index(drop=True),
    )


def _rows_of(surgeons: pd.Series) -> dict[str, NDArray[np.intp]]:
    positions = pd.Series(np.arange(len(surgeons)))
    grouped = positions.groupby(surgeons.to_numpy(), sort=False)
    return {str(surgeon): rows.to_numpy(dtype=np.intp) for surgeon, rows in grouped}


def _unit_secret(issuer: CertifiedKey, profile: Profile) -> bytes:
    """A secret that only the issuing key gives, another one for each edition."""
    purpose = f"plumbline units\0{profile.audit.code}\0{profile.edition_number}"
    return sha256(sign(issuer.private_key, purpose.encode())).digest()


def _spread(edition: Edition, outcome: Outcome) -> Dispersion:
    """The nation's τ² (0 where chance alone explains φ) and φ, estimated once for everyone."""
    units = edition.units(outcome.code)
    found = dispersion(outcome, units, Options(overdispersion="additive"))
    return found if found.used or found.tau2 is None else replace(found, tau2=0.0)


def fields_of(profile: Profile, completeness: Mapping[str, float]) -> tuple[Field, ...]:
    """Return the manifest's fields of a profile; `completeness` is the nation's, where known."""
    return tuple(
        Field(
            name=rule.name,
            label=rule.label,
            type=rule.type,
            unit=rule.unit,
            allowed=rule.allowed,
            labels=rule.labels,
            minimum=rule.minimum,
            maximum=rule.maximum,
            risk_factor=rule.risk_factor,
            identifying=rule.identifying,
            national_completeness=completeness.get(rule.name),
        )
        for rule in profile.fields
    )
