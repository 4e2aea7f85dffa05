"""The page that documents the audit profiles, written from their files."""

from collections.abc import Iterator, Mapping

from core.audits.profile import ExclusionRule, FieldRule, OutcomeRule, Profile, Source

_HEAD = """# Audits

Written from `resources/audits/*.toml` by `make docs`; change those.

These are the rules Plumbline starts from. What an extract states goes before them: its
attribution, exclusions, limits, minimum numbers and publication regime are the audit's own. What
no public source confirmed is listed as background under each audit.
"""

_REGIMES = {
    "consent": "with the surgeon's consent",
    "presumed": "unless the surgeon objects",
    "not_published": "not published by name",
}
COUNT_MODELS = {
    "poisson": "Poisson",
    "negative_binomial": "negative binomial",
    "binomial": "binomial",
    "poisson_binomial": "Poisson-binomial",
}


def audits_page(profiles: Mapping[str, Profile]) -> str:
    """Return the page on `profiles`, by file name, in Markdown."""
    lines = [_HEAD, "| file | audit | specialty | by | outcomes |", "|---|---|---|---|---|"]
    for name, profile in profiles.items():
        outcomes = ", ".join(outcome.label for outcome in profile.outcomes)
        lines.append(
            f"| [`{name}`](#{name}) | {profile.audit.name} | {profile.specialty} "
            f"| {profile.level} | {outcomes} |"
        )
    for name, profile in profiles.items():
        lines += ["", *_profile(name, profile)]
    return "\n".join(lines) + "\n"


def _profile(name: str, profile: Profile) -> Iterator[str]:
    yield f"## {name}"
    yield ""
    yield f"**{profile.audit.name}** (`{profile.audit.code}`), {profile.audit.organisation}."
    yield ""
    yield from _rules(profile)
    for outcome in profile.outcomes:
        yield ""
        yield from _outcome(outcome)
    if profile.exclusions:
        yield from ("", "Left out:", "")
        yield from (_exclusion(rule) for rule in profile.exclusions)
    if profile.fields:
        yield from ("", "| field | asks | allowed | also called |", "|---|---|---|---|")
        yield from (_field(field) for field in profile.fields)
    yield from ("", "Sources:", "")
    yield from (_source(source) for source in profile.sources)


def _rules(profile: Profile) -> Iterator[str]:
    publication = profile.publication
    yield f"- Credit: {profile.attribution}"
    yield f"- Window: {_years(profile.window.years)}"
    shown = f" {publication.shown}" if publication.shown else ""
    yield f"- Publication: {_REGIMES[publication.regime]}.{shown}"
    if publication.default:
        yield f"- Where the surgeon is silent: {publication.default}"
    if profile.suppression:
        yield f"- Small numbers: {profile.suppression.words}"
    yield from (f"- {remark}" for remark in profile.remarks)


def _outcome(outcome: OutcomeRule) -> Iterator[str]:
    yield f"**{outcome.label}** (`{outcome.code}`, {_kind(outcome)}). {outcome.definition}"
    yield ""
    if outcome.follow_up_days is not None:
        yield f"- Followed for {outcome.follow_up_days} days"
    yield f"- Limits: {_limits(outcome)}"
    if outcome.minimum_cases:
        yield f"- Smallest number of cases: {outcome.minimum_cases}"
    if outcome.risk_words:
        yield f"- Risk: {outcome.risk_words}"
    if outcome.usual_model:
        yield f"- Model: [`{outcome.usual_model}`](risk_models.md#{outcome.usual_model})"


def _kind(outcome: OutcomeRule) -> str:
    if outcome.direction == "favourable":
        return f"{outcome.kind}, favourable: counted as its complement, {outcome.words.events}"
    return outcome.kind


def _limits(outcome: OutcomeRule) -> str:
    if outcome.kind == "continuous":
        return "the audit's own, where an extract states them"
    levels = " and ".join(f"{level * 100:.6g} %" for level in outcome.limits.levels)
    widened = outcome.limits.overdispersion == "additive"
    return (
        f"{levels}, {COUNT_MODELS[outcome.limits.model]}, "
        f"{'around the national ratio' if outcome.centre == 'national' else 'around 1'}"
        + (", widened for over-dispersion" if widened else "")
    )


def _exclusion(rule: ExclusionRule) -> str:
    parts = [f"one of {', '.join(rule.one_of)}"] if rule.one_of else []
    parts += [f"above {rule.above:g}"] if rule.above is not None else []
    parts += [f"below {rule.below:g}"] if rule.below is not None else []
    parts += ["missing"] if rule.missing else []
    concerned = f" (`{'`, `'.join(rule.outcomes)}`)" if rule.outcomes else ""
    return f"- {rule.words} `{rule.field}` {' or '.join(parts)}{concerned}"


def _field(field: FieldRule) -> str:
    notes = [f"question {field.question}"] if field.question else []
    notes += ["identifying"] if field.identifying else []
    asks = f"{field.label}{' (' + ', '.join(notes) + ')' if notes else ''}"
    return f"| `{field.name}` | {asks} | {_allowed(field)} | {', '.join(field.synonyms)} |"


def _allowed(field: FieldRule) -> str:
    if field.type == "code":
        labels = field.labels or field.allowed
        pairs = zip(field.allowed, labels, strict=True)
        return "; ".join(f"`{code}` {label}" for code, label in pairs)
    if field.minimum is None or field.maximum is None:
        return {"flag": "yes (1) or no (0)", "date": "a date"}.get(field.type, f"a {field.type}")
    whole = "whole number" if field.type == "integer" else "number"
    return f"a {whole} from {field.minimum:g} to {field.maximum:g} {field.unit or ''}".rstrip()


def _source(source: Source) -> str:
    mark = "**Background, not confirmed**" if source.background else source.title
    return f"- {mark} ({source.dated}): {source.covers}"


def _years(years: float) -> str:
    return "1 year" if years == 1 else f"{years:g} years"
