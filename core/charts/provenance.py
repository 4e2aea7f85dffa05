"""The lines under every copied, saved or printed picture: from where, when, how, and the miss."""

from textwrap import fill

from matplotlib.figure import Figure

from core.charts.palette import Palette
from core.charts.style import SMALL, styled
from core.extract.manifest import Manifest
from core.results.outcome import OutcomeResult
from core.results.trust_words import trust_label
from core.results.wording import day
from core.results.words import method, missed
from core.sealing.trust import TrustVerdict

LETTERS_AN_INCH = 16


def provenance(manifest: Manifest, verdict: TrustVerdict, result: OutcomeResult) -> tuple[str, ...]:
    """Return two lines: `source`; method and what would be missed."""
    miss = missed(result, "the funnel")
    said = f"Funnel limits: {method(result)}. {miss[0].upper()}{miss[1:]}"
    return source(manifest, verdict), said


def source(manifest: Manifest, verdict: TrustVerdict) -> str:
    """Return audit, period, edition, when the data were drawn, and the trust state."""
    period = manifest.period
    return (
        f"{manifest.audit.name} · {day(period.start)} – {day(period.end)} · edition "
        f"{manifest.edition_number} · data as at {day(manifest.issued_at.date())} · "
        f"{trust_label(verdict, manifest.audit.name)}"
    )


def with_provenance(figure: Figure, lines: tuple[str, ...], palette: Palette) -> Figure:
    """Put the lines under the picture, wrapped to its width, making room for them."""
    width = int(figure.get_figwidth() * LETTERS_AN_INCH)
    with styled(palette):
        figure.supxlabel(
            "\n".join(fill(line, width) for line in lines),
            fontsize=SMALL - 1.5,
            color=palette.quiet,
            x=0.02,
            ha="left",
        )
    return figure
