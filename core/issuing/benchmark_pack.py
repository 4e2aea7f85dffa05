"""A benchmark pack: the signed national line of an edition, without any surgeon or case."""

import pandas as pd

from core.extract.manifest import FORMAT, Manifest, Surgeon
from core.extract.source import Source
from core.extract.writing import build_archive
from core.issuing.edition import Edition

NO_SURGEON = Surgeon(name="No surgeon: benchmark pack", gmc="none")


def benchmark_pack(edition: Edition) -> bytes:
    """Return the signed archive of the edition's national units, totals, limits and dates.

    It is not sealed, since it holds nothing of a patient and names no unit. Units of an outcome
    whose peers are hidden are left out.
    """
    profile = edition.profile
    manifest = Manifest(
        format=FORMAT,
        audit=profile.audit,
        series=profile.series,
        edition_number=profile.edition_number,
        level=profile.level,
        surgeon=NO_SURGEON,
        period=edition.period,
        follow_up_to=edition.follow_up_to,
        issued_at=edition.issued_at,
        attribution=profile.attribution,
        outcomes=edition.nation.outcomes,
        fields=edition.fields,
        files={},
        contact=profile.contact,
        publication=profile.publication,
        source=Source(kind="benchmark", profile=f"{profile.audit.code} · {profile.series}"),
    )
    cases = edition.national.cases.iloc[:0].drop(columns="excluded", errors="ignore")
    return build_archive(manifest, cases, _units(edition), issuer=edition.issuer)


def _units(edition: Edition) -> pd.DataFrame:
    units = edition.nation.units
    hidden = [one.code for one in edition.nation.outcomes if one.peers == "hidden"]
    return units[~units["outcome"].isin(hidden)]
