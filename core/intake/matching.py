"""Which column of a foreign table is which of the audit's, and how well an audit fits at all."""

from collections import Counter
from collections.abc import Mapping as Lookup
from dataclasses import dataclass, replace

import pandas as pd

from core.audits.profile import Profile
from core.errors import BadMappingError
from core.intake.headings import Sheet, compared, question_of, wordings
from core.intake.identifiers import Identifier, identifiers
from core.intake.mapping import Asked, Assigned, DateOrder, Mapping, Scale, Why
from core.intake.sense import opposed
from core.intake.spelling import date_parts, reader, unknown
from core.intake.targets import OPERATED_ON, SURGEON, Target, targets
from core.intake.vocabulary import words_in, words_of

RANK: Lookup[Why, int] = {"name": 4, "question": 3, "synonym": 2, "position": 1}
WORD, FEW = 0.5, 3
SLIPS, MOSTLY_BELOW = 0.02, 0.1
WEIGHT = {OPERATED_ON: 3, "outcome": 3, SURGEON: 1, "risk": 2, "field": 1}


@dataclass(frozen=True, slots=True)
class Fit:
    """How well an audit's profile fits a table.

    `score` weighs the table's columns that were recognised, each by what it is and the more the
    fewer audits know it, and the words that few audits use; the share of what is asked for breaks
    ties. `found` and `missing` are the labels of what is asked; `needed` those without which
    nothing can be imported.
    """

    name: str
    audit: str
    score: float
    found: tuple[str, ...]
    missing: tuple[str, ...]
    needed: tuple[str, ...]

    @property
    def words(self) -> str:
        """The fit in one sentence."""
        said = f"{len(self.found)} of {len(self.found) + len(self.missing)} columns found"
        return f"{said}; without {' and '.join(self.needed)}." if self.needed else f"{said}."


def fits(sheet: Sheet, profiles: Lookup[str, Profile]) -> tuple[Fit, ...]:
    """Return the fit of every profile, by name, the best first."""
    matched = {name: _matches(sheet, profile) for name, profile in profiles.items()}
    known = Counter(column for one in matched.values() for column, _, _ in one.values())
    told = _told(sheet, profiles)
    found = (_fit(name, profiles[name], matched[name], known, told[name]) for name in profiles)
    return tuple(sorted(found, key=lambda fit: (-fit.score, fit.name)))


def propose(sheet: Sheet, profile: Profile) -> Mapping:
    """Return the mapping that `profile` suggests for `sheet`, with every doubt asked."""
    assigned = []
    for target, (column, why, rivals) in _matches(sheet, profile).items():
        found = Assigned(target.name, column, sheet.names[column], why)
        doubts: tuple[Asked, ...] = ("column",) if rivals else ()
        assigned.append(_with_guesses(found, target, sheet.cells(column), doubts))
    mapping = Mapping(
        audit=profile.audit.code,
        headings=sheet.names,
        headed=sheet.headed,
        columns=tuple(assigned),
        identifiers=_identifying(sheet, profile, assigned),
    )
    return replace(mapping, surgeon=_only_surgeon(sheet, mapping, profile))


def surgeons_in(sheet: Sheet, mapping: Mapping, profile: Profile) -> tuple[str, ...]:
    """Return the codes in the column of surgeons, the most frequent first; none without it."""
    found = _surgeon_column(mapping, profile)
    if found is None:
        return ()
    cells = sheet.cells(found.column)
    return tuple(cells[cells != ""].value_counts().index)


def guessed(mapping: Mapping, target: str, sheet: Sheet, profile: Profile) -> Mapping:
    """Return the mapping with what the cells of a column chosen by hand suggest, and asked."""
    asked = next((one for one in targets(profile) if one.name == target), None)
    if asked is None:
        raise BadMappingError(f"This audit asks for no column {target!r}.")
    columns = tuple(
        _with_guesses(one, asked, sheet.cells(one.column), ()) if one.target == target else one
        for one in mapping.columns
    )
    return replace(mapping, columns=columns)


def _told(sheet: Sheet, profiles: Lookup[str, Profile]) -> dict[str, float]:
    """What the words of each profile that stand in the table say for it, the rarest the most."""
    here = words_in(sheet)
    said = {name: words_of(profile) & here for name, profile in profiles.items()}
    users = Counter(word for words in said.values() for word in words)
    return {
        name: sum(WORD / users[word] for word in words if users[word] <= FEW)
        for name, words in said.items()
    }


def _fit(
    name: str,
    profile: Profile,
    matches: Lookup[Target, tuple[int, Why, bool]],
    known: Lookup[int, int],
    told_by_words: float,
) -> Fit:
    asked = targets(profile)
    matched = {target.name for target in matches}
    evidence = sum(
        WEIGHT.get(target.role, 0) / known[column] for target, (column, _, _) in matches.items()
    )
    weights = {target.name: WEIGHT.get(target.role, 0) for target in asked}
    needed = [
        target.label
        for target in asked
        if target.role == OPERATED_ON and target.name not in matched
    ]
    if not any(target.role == "outcome" and target.name in matched for target in asked):
        needed.append("any outcome")
    told = [target for target in asked if weights[target.name]]
    return Fit(
        name=name,
        audit=profile.audit.name,
        score=evidence
        + told_by_words
        + sum(weights[one] for one in matched) / max(1, sum(weights.values())),
        found=tuple(target.label for target in told if target.name in matched),
        missing=tuple(target.label for target in told if target.name not in matched),
        needed=tuple(needed),
    )


def _matches(sheet: Sheet, profile: Profile) -> dict[Target, tuple[int, Why, bool]]:
    """Each target with its best column, why, and whether another fits as well; a column once."""
    claims = []
    for order, target in enumerate(targets(profile)):
        for column, name in enumerate(sheet.names):
            why, place = _why(target, column, name, sheet, profile)
            if why is not None:
                claims.append((-RANK[why], place, order, column, target, why))
    claims.sort(key=lambda claim: claim[:4])
    found: dict[Target, tuple[int, Why, bool]] = {}
    taken: set[int] = set()
    for _, place, _, column, target, why in claims:
        if target in found:
            _, first, _ = found[target]
            if first == why and column not in taken and place == 0:
                found[target] = (*found[target][:2], True)
        elif column not in taken:
            found[target] = (column, why, False)
            taken.add(column)
    return found


def _why(
    target: Target, column: int, name: str, sheet: Sheet, profile: Profile
) -> tuple[Why | None, int]:
    """Why the column may be the target, and how far down its list of synonyms the name stands."""
    if not sheet.headed:
        fits_width = profile.width is None or len(sheet.names) == profile.width
        return ("position", 0) if fits_width and target.position == column + 1 else (None, 0)
    said = wordings(name)
    if compared(target.name) in said:
        return "name", 0
    synonyms = [compared(synonym) for synonym in target.synonyms]
    places = [synonyms.index(words) for words in said if words in synonyms]
    if target.question is not None and question_of(name) == target.question.lower():
        return "question", 0
    return ("synonym", min(places)) if places else (None, 0)


def _with_guesses(
    found: Assigned, target: Target, cells: pd.Series, doubts: tuple[Asked, ...]
) -> Assigned:
    """What is guessed from the cells, and asked where they allow another reading."""
    if target.kind == "date":
        order, asked = _date_order(cells)
        return replace(found, date_order=order, asked=(*doubts, *asked))
    if target.kind == "risk":
        scale, asked = _scale(cells)
        opposite = opposed(found.heading, target)
        sense: tuple[Asked, ...] = ("sense",) if opposite else ()
        return replace(found, scale=scale, opposite=opposite, asked=(*doubts, *asked, *sense))
    if opposed(found.heading, target):
        turned = replace(found, opposite=True)
        if _read_otherwise(found, turned, target, cells):
            return replace(turned, asked=(*doubts, "sense"))
    return replace(found, asked=doubts)


def _read_otherwise(one: Assigned, other: Assigned, target: Target, cells: pd.Series) -> bool:
    """Whether turning the column round changes how any of its texts is read."""
    texts = list(cells.unique())
    before, after = reader(target, one, texts), reader(target, other, texts)
    return any(before(text) != after(text) for text in texts)


def _date_order(cells: pd.Series) -> tuple[DateOrder, tuple[Asked, ...]]:
    """Day first, unless only month first can be read; asked where nothing tells."""
    parts = [found for text in cells.unique() if (found := date_parts(text))]
    first_high = sum(first > 12 for first, _ in parts)
    second_high = sum(second > 12 for _, second in parts)
    if second_high and not first_high:
        return "month first", ("date order",)
    return "day first", ("date order",) if parts and (second_high or not first_high) else ()


def _scale(cells: pd.Series) -> tuple[Scale, tuple[Asked, ...]]:
    """Percent where numbers are above 1; asked unless every number bears its sign.

    One in fifty above 1 among risks mostly below 0.1 are slips among fractions: read as percent,
    all the others would be a hundredth of what they are.
    """
    texts = [text for text in cells if not unknown(text)]
    bare = pd.to_numeric(pd.Series([t for t in texts if "%" not in t], dtype=object), "coerce")
    if not len(bare):
        return "fraction", ()
    above = int((bare > 1).sum())
    slips = above <= max(1, len(bare) * SLIPS) and float(bare.median()) < MOSTLY_BELOW
    return ("fraction" if slips or not above else "percent"), ("scale",)


def _identifying(
    sheet: Sheet, profile: Profile, assigned: list[Assigned]
) -> tuple[Identifier, ...]:
    """Columns told by heading or content, and those read as an identifying text of the audit."""
    found = {one.column: one for one in identifiers(sheet, profile)}
    texts = {one.name for one in targets(profile) if one.identifying and one.kind == "text"}
    for one in assigned:
        if one.target in texts and one.column not in found:
            added = Identifier(one.column, one.heading, "hospital_number", why="audit")
            found[one.column] = added
    return tuple(found[column] for column in sorted(found))


def _only_surgeon(sheet: Sheet, mapping: Mapping, profile: Profile) -> str | None:
    codes = surgeons_in(sheet, mapping, profile)
    return codes[0] if len(codes) == 1 else None


def _surgeon_column(mapping: Mapping, profile: Profile) -> Assigned | None:
    name = next(one.name for one in targets(profile) if one.role == SURGEON)
    return mapping.of(name)
