"""What the case-mix screen says: risks against the nation, their fit, and what would be missed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from core.charts.case_mix import case_mix_table, describe_case_mix
from core.charts.provenance import provenance
from core.charts.table import TableTwin
from core.results.case_mix import CaseMix
from core.results.detectability import Detectability
from core.results.wording import day, percent
from desktop.translation import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from core.flow import Review

FIT_NOTE = QT_TR_NOOP(
    "How well the audit’s risks fit your own cases. With so few events, chance moves these "
    "numbers a lot; they say nothing about the model in the nation."
)
EMPTY = QT_TR_NOOP("No counted case has a predicted risk, so there is no case-mix to show.")
RISKIEST_NOTE = QT_TR_NOOP("The cases with the highest predicted risk, and what was recorded.")
SHOWN = 10
USED, PUBLISHED = "used", "published"
RISKS = (
    (USED, QT_TR_NOOP("Risks as the audit uses them")),
    (PUBLISHED, QT_TR_NOOP("Risks as published")),
)


@dataclass(frozen=True, eq=False)
class CaseMixPage:
    """One outcome's case-mix with everything said beside it."""

    code: str
    label: str
    subtitle: str
    mix: CaseMix
    power: Detectability | None
    description: str
    table: TableTwin
    fit: tuple[str, ...]
    riskiest: tuple[tuple[str, ...], ...]
    choices: tuple[tuple[str, str], ...]
    chosen: str
    provenance: tuple[str, ...]
    no_picture: str


class CaseMixView(Protocol):
    """What the presenter needs of the screen."""

    def show_choice(self, outcomes: tuple[tuple[str, str], ...]) -> None:
        """Offer the outcomes (code, label)."""

    def show_page(self, page: CaseMixPage) -> None:
        """Show one outcome."""


class CaseMixPresenter:
    """Shows one outcome at a time; only those with a risk for each case have a case-mix."""

    def __init__(self, view: CaseMixView, review: Review) -> None:
        self._view = view
        self._review = review
        self._code = ""

    def show(self) -> None:
        """Offer the outcomes and show the first."""
        found = [one for one in self._review.results if one.kind == "binary"]
        self._view.show_choice(tuple((one.code, one.label) for one in found))
        if found:
            self.choose(found[0].code)

    def choose(self, code: str, risks: str = USED) -> None:
        """Show the outcome of that code, by the risks the audit uses or those published."""
        self._code = code
        mix = self._review.case_mix(code, published=risks == PUBLISHED)
        extract, result = self._review.extract, self._review.result(code)
        imported = extract.manifest.source is not None
        recast = mix.outcome.recalibration is not None
        self._view.show_page(
            CaseMixPage(
                code=code,
                label=result.label,
                subtitle=_subtitle(mix, risks, imported=imported),
                choices=tuple((key, tr(label)) for key, label in RISKS) if recast else (),
                chosen=risks,
                mix=mix,
                power=self._review.detectability(code),
                description=describe_case_mix(mix),
                table=case_mix_table(mix),
                fit=fit_words(mix),
                riskiest=tuple(self._riskiest(mix)),
                provenance=provenance(extract.manifest, extract.verdict, result),
                no_picture="" if len(mix.risks) else tr(EMPTY),
            )
        )

    def choose_risks(self, risks: str) -> None:
        """Show the same outcome by other risks."""
        self.choose(self._code, risks)

    def _riskiest(self, mix: CaseMix) -> list[tuple[str, ...]]:
        cases, words = self._review.extract.cases, mix.outcome.words
        inclusion = self._review.inclusion(mix.outcome.code)
        risks = sorted(mix.risks.tolist(), reverse=True)[:SHOWN]
        return [
            (
                f"{cases['case_id'].iloc[row]}, {day(cases['operated_on'].iloc[row])}",
                percent(risk),
                words.event if inclusion.event[row] else "–",
            )
            for row, risk in zip(mix.riskiest[:SHOWN].tolist(), risks, strict=True)
        ]


def _subtitle(mix: CaseMix, risks: str, *, imported: bool) -> str:
    if not len(mix.risks):
        return ""
    return published_words(mix) if risks == PUBLISHED else source_words(mix, imported)


def source_words(mix: CaseMix, imported: bool) -> str:
    """Return where the risks come from and whether they were recalibrated."""
    source = mix.outcome.risk_source
    if source != "supplied":
        said = tr("Predicted risks by the model {model}.").format(model=source)
    elif imported:
        said = tr("Predicted risks as the imported file gives them.")
    else:
        said = tr("Predicted risks as the audit gives them.")
    step = mix.outcome.recalibration
    if step is None:
        return said
    recast = tr(
        "Recalibrated to the nation ({source}, {day}): intercept {intercept}, slope {slope}."
    ).format(
        source=step.source,
        day=day(step.date),
        intercept=f"{step.intercept:+.2f}",
        slope=f"{step.slope:.2f}",
    )
    return f"{said} {recast}"


def published_words(mix: CaseMix) -> str:
    """Return that these are not the risks that the results rest on."""
    return tr(
        "Predicted risks of {model} before the audit’s recalibration. The results rest on the "
        "recalibrated ones; these are for comparison."
    ).format(model=mix.outcome.risk_source)


def fit_words(mix: CaseMix) -> tuple[str, ...]:
    """Return discrimination and overall error, with what they mean."""
    said = []
    if mix.auc is None:
        said.append(tr("There is no AUC: it needs cases with the event and cases without."))
    else:
        said.append(
            tr(
                "AUC {auc}: of a case with the event and one without, how often the first had the "
                "higher risk (0.50 is by chance)."
            ).format(auc=f"{mix.auc:.2f}")
        )
    if mix.brier is not None:
        words = tr("Brier score {score}: mean squared error of the risks; 0 is perfect.")
        said.append(words.format(score=f"{mix.brier:.4f}"))
    return tuple(said)
