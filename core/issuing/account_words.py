"""The account of an edition as a page for the audit office (Markdown)."""

from collections.abc import Iterator

from core.audits.document import COUNT_MODELS
from core.issuing.account import Account, CaseMixModel, Interval, OutcomeAccount
from core.results.wording import day, level_in_words, percent

_LEFT_OUT = {
    "excluded": "meet an exclusion",
    "follow_up_incomplete": "follow-up not complete",
    "missing_outcome": "outcome missing",
    "missing_risk": "risk missing",
}
_PLACES = {
    "above_alarm": "above the alarm line",
    "above_alert": "above the alert line",
    "below_alert": "below the lower alert line",
    "below_alarm": "below the lower alarm line",
}


def account_page(account: Account) -> str:
    """Return the page: one section an outcome, one paragraph a question."""
    period = f"{day(account.period.start)} – {day(account.period.end)}"
    head = [
        f"# {account.audit.name}: issue report",
        f"{period}, edition {account.edition_number}. It answers, for each outcome, the six "
        "questions of the guideline for funnel plots (Verburg et al. 2018).",
    ]
    if account.rows_outside_period:
        head.append(f"{account.rows_outside_period} rows lie outside the period and are not used.")
    sections = (line for outcome in account.outcomes for line in _section(outcome))
    return "\n\n".join([*head, *sections, ""])


def _section(found: OutcomeAccount) -> Iterator[str]:
    yield f"## {found.label}"
    yield _policy(found)
    yield "**2. The case-mix model.** " + (
        _model(found.model) if found.model else "The expected counts are the audit's own."
    )
    if found.model and found.model.bands:
        yield _bands(found.model)
    yield _sizes(found)
    yield _dispersion(found)
    yield _volume(found)
    yield _flags(found)


def _policy(found: OutcomeAccount) -> str:
    policy = found.policy
    left = "; ".join(f"{count} {_LEFT_OUT[why]}" for why, count in policy.left_out.items())
    rules = "; ".join(f"{rule.words.rstrip('.')} ({rule.count})" for rule in policy.exclusions)
    levels = " and ".join(level_in_words(level) for level in policy.limits.levels)
    return (
        f"**1. Choices.** {policy.definition} {policy.attribution} "
        f"{policy.cases} cases, {policy.observed} events, {policy.expected:.1f} expected. "
        f"Left out: {left}. Exclusions: {rules or 'none'}. "
        f"Limits at {levels}, {COUNT_MODELS[policy.limits.model]} counts; "
        f"a position from {policy.minimum_cases} cases."
    )


def _model(model: CaseMixModel) -> str:
    level = _number(model.level, model.level_interval)
    slope = _number(model.slope, model.slope_interval)
    auc = "not known" if model.auc is None else f"{model.auc:.3f}"
    brier = "not known" if model.brier is None else f"{model.brier:.4f}"
    return (
        f"Risks: {model.source}. Area under the curve {auc}; Brier score {brier}; "
        f"calibration in the large {level} (0 where right); slope {slope} (1 where right)."
    )


def _number(value: float | None, interval: Interval | None) -> str:
    if value is None or interval is None:
        return "not known"
    return f"{value:.3f} (95 % interval {interval[0]:.3f} to {interval[1]:.3f})"


def _bands(model: CaseMixModel) -> str:
    rows = [
        f"| {percent(band.lowest)} to {percent(band.highest)} | {band.cases} | {band.observed} "
        f"| {band.expected:.1f} |"
        for band in model.bands
    ]
    return "\n".join(["| risk | cases | observed | expected |", "|---|---|---|---|", *rows])


def _sizes(found: OutcomeAccount) -> str:
    sizes = found.sizes
    return (
        f"**3. Units.** {sizes.units} units of {sizes.fewest} to {sizes.most} cases (median "
        f"{sizes.median:.0f}, {sizes.median_expected:.1f} expected events); "
        f"{sizes.below_minimum} below the minimum."
    )


def _dispersion(found: OutcomeAccount) -> str:
    spread = found.dispersion
    if spread.phi is None or spread.tau2 is None:
        return "**4. Over-dispersion.** Not estimated."
    more = "more" if spread.tau2 > 0 else "no more"
    return (
        f"**4. Over-dispersion.** φ = {spread.phi:.2f} (winsorised): units vary {more} than "
        f"chance explains; τ² = {spread.tau2:.4f}."
    )


def _volume(found: OutcomeAccount) -> str:
    if found.volume is None:
        return "**5. Volume.** Too few units, or too alike, to tell."
    low, high = found.volume.interval
    return (
        "**5. Volume.** Correlation of observed ÷ expected with the number of cases (Spearman) "
        f"{found.volume.correlation:.2f} (95 % interval {low:.2f} to {high:.2f})."
    )


def _flags(found: OutcomeAccount) -> str:
    if found.flags is None:
        return "**6. The funnel.** No unit has an expected count."
    places = "; ".join(f"{found.flags.found.get(key, 0)} {words}" for key, words in _PLACES.items())
    return (
        "**6. The funnel.** Observed ÷ expected against expected events; limits are exact "
        f"({COUNT_MODELS[found.flags.model]}), so a point is beyond a line exactly where its "
        f"tail probability is below the line's. {places}. Were every unit on the national line, "
        f"on average no more than {found.flags.by_chance_alert:.1f} would lie beyond an alert line "
        f"and {found.flags.by_chance_alarm:.1f} beyond an alarm line."
    )
