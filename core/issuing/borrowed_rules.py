"""An audit's profile cut to what a foreign table holds, so that the issuing road can read it."""

from collections import Counter
from collections.abc import Iterator
from collections.abc import Mapping as Lookup

import msgspec

from core.audits.profile import DateColumn, FieldRule, OutcomeRule, Profile, Recorded, RiskRule
from core.errors import NoFitError
from core.intake.mapping import Mapping
from core.intake.targets import own_columns
from core.intake.translation import Translation
from core.risk.library import load_model
from core.risk.model import RiskModel


def rules_for(
    profile: Profile, mapping: Mapping, mapped: frozenset[str]
) -> tuple[Profile, tuple[str, ...]]:
    """Return the profile of the columns `mapped`, and what it had to leave out, in words.

    Fields without a column are dropped with the exclusions that need them; outcomes without a
    record of what happened are dropped too. NoFitError where no outcome is left.
    """
    fields = tuple(_plain(rule) for rule in profile.fields if _column(rule) in mapped)
    names = {rule.name for rule in fields} | {"procedure", "provider"}
    chosen = dict(mapping.models)
    outcomes = tuple(
        _with_risk(rule, mapped, names, chosen)
        for rule in profile.outcomes
        if _recorded(rule) <= mapped
    )
    if not outcomes:
        raise NoFitError("No column is read as an outcome of this audit.")
    codes = {rule.code for rule in outcomes}
    exclusions = tuple(
        msgspec.structs.replace(rule, outcomes=tuple(c for c in rule.outcomes if c in codes))
        for rule in profile.exclusions
        if rule.field in names and (not rule.outcomes or codes & set(rule.outcomes))
    )
    left = [
        rule.words
        for rule in profile.exclusions
        if rule.field not in names and (not rule.outcomes or codes & set(rule.outcomes))
    ]
    lost = [rule.label for rule in profile.outcomes if rule.code not in codes]
    own = own_columns(profile)
    columns = msgspec.structs.replace(
        own,
        case_id=own.case_id or "case_id",
        operated_on=DateColumn(column=own.operated_on.column),
        procedure=own.procedure if own.procedure in mapped else None,
        provider=own.provider if own.provider in mapped else None,
    )
    cut = msgspec.structs.replace(
        profile, fields=fields, outcomes=outcomes, exclusions=exclusions, columns=columns
    )
    remarks = (
        *(f"The file has no column for the outcome “{label}”." for label in lost),
        *(f"Could not be applied, since its column is missing: {words}" for words in left),
        *(_risk_words(old, new) for old, new in _pairs(profile, outcomes)),
    )
    return cut, tuple(words for words in remarks if words)


def unread_exclusions(rules: Profile, mapping: Mapping, translation: Translation) -> Iterator[str]:
    """Yield where an exclusion could not be judged, since its cell could not be read."""
    columns = {rule.name: _column(rule) for rule in rules.fields}
    number = Counter(one.column for one in translation.problems)
    for name in dict.fromkeys(rule.field for rule in rules.exclusions if not rule.missing):
        found = mapping.of(columns.get(name, name))
        cells = number[found.heading] if found is not None else 0
        if found is not None and cells:
            yield (
                f"Cases whose cell of {found.heading!r} could not be read count, though they might"
                f" have to be left out: {cells}."
            )


def _column(rule: FieldRule) -> str:
    return rule.column or rule.name


def _plain(rule: FieldRule) -> FieldRule:
    """The rule as the translated table needs it: codes are read already."""
    return msgspec.structs.replace(rule, codes={}, synonyms=())


def _recorded(rule: OutcomeRule) -> frozenset[str]:
    recorded = rule.recorded or Recorded(column=rule.code)
    if recorded.column is not None:
        return frozenset({recorded.column})
    return frozenset({recorded.time or "", recorded.status or ""})


def _with_risk(
    rule: OutcomeRule, mapped: frozenset[str], names: set[str], chosen: Lookup[str, str]
) -> OutcomeRule:
    """The risk that was chosen; else the file's own; else a model whose factors are there."""
    if rule.kind != "binary":
        given = rule.expected_column if rule.expected_column in mapped else None
        return msgspec.structs.replace(rule, expected_column=given)
    if rule.code in chosen:
        model = chosen[rule.code]
        return _risk(rule, RiskRule(model=model) if model else None)
    risk = rule.risk
    if (own := _given(rule, mapped)) is not None:
        return _risk(rule, own)
    if risk is not None and risk.logistic is not None:
        fits = set(risk.logistic.terms) <= names | mapped
        return rule if fits else _risk(rule, None)
    model_id = (risk.model if risk is not None else None) or rule.usual_model
    if model_id is not None and _reads_all(load_model(model_id), names):
        return _risk(rule, RiskRule(model=model_id))
    return _risk(rule, None)


def _given(rule: OutcomeRule, mapped: frozenset[str]) -> RiskRule | None:
    """The risk that the file itself gives: of the outcome as recorded, or of its adverse event."""
    if rule.risk is not None and rule.risk.column in mapped:
        return RiskRule(column=rule.risk.column)
    return RiskRule(column=rule.given_risk, of_event=True) if rule.given_risk in mapped else None


def _risk(rule: OutcomeRule, risk: RiskRule | None) -> OutcomeRule:
    step = rule.recalibration if risk is not None and risk == rule.risk else None
    return msgspec.structs.replace(rule, risk=risk, recalibration=step)


def _reads_all(model: RiskModel, names: set[str]) -> bool:
    """Whether every field of the model has a column; without one no case has a risk."""
    return all(names & {name, *field.synonyms} for name, field in model.fields.items())


def _pairs(
    profile: Profile, outcomes: tuple[OutcomeRule, ...]
) -> list[tuple[OutcomeRule, OutcomeRule]]:
    old = {rule.code: rule for rule in profile.outcomes}
    return [(old[rule.code], rule) for rule in outcomes]


def _risk_words(old: OutcomeRule, new: OutcomeRule) -> str:
    if new.kind == "continuous" or new.expected_column is not None:
        return ""
    if new.risk is None:
        return f"“{new.label}” is not adjusted for risk: no risk is given and no model fits."
    if new.risk.of_event:
        return f"The risk of “{new.label}” is the file's own risk of {new.words.event}."
    if new.risk.model is not None and (old.risk is None or old.risk.model != new.risk.model):
        return f"The risk of “{new.label}” is computed by the model {new.risk.model}."
    return ""
