"""What every number and every word means and what it does not mean: one table for all to show."""

from core.results.basic_meanings import BASICS, Meaning

RATES = (
    Meaning(
        "cases",
        "Operations counted",
        "The cases that count for this outcome, after those left out.",
        "It is not all the work of the period.",
    ),
    Meaning(
        "crude_rate",
        "Crude rate",
        "Observed divided by the counted cases, whoever they were.",
        "It takes no account of how ill the patients were; two surgeons’ cannot be compared.",
    ),
    Meaning(
        "crude_rate_interval",
        "Interval of the crude rate",
        "The range of rates that agree with what was observed (Wilson).",
        "It does not take risk into account either.",
    ),
    Meaning(
        "adjusted_rate",
        "Adjusted rate",
        "The national rate times the ratio over the national ratio: the rate in words the "
        "public knows.",
        "It is not how often the outcome happened to your patients.",
        ("adjusted_rate_interval",),
    ),
    Meaning(
        "national_rate",
        "National rate",
        "How often the outcome happened in the nation’s counted cases.",
        "It is not what your patients, with their own risks, should have had.",
    ),
    Meaning(
        "national_units",
        "National units",
        "How many surgeons, teams or hospitals the audit compares.",
        "Nobody’s place among them is a rank.",
    ),
)
PLACES = (
    Meaning(
        "position",
        "Position",
        "On which side of which limit the point lies. A point exactly on a limit is inside.",
        "It is not a mark. “Within both limits” leaves open whether results are good or poor.",
    ),
    Meaning(
        "exact_position",
        "Exact position",
        "The position by the exact tail, also where the audit shows none below its minimum.",
        "Below the audit’s minimum it is not the audit’s published position.",
    ),
    Meaning(
        "minimum_cases",
        "Minimum number",
        "The number of cases below which the audit shows no position.",
        "Reaching it does not make the chart able to find a problem.",
    ),
    Meaning(
        "p_upper",
        "Chance of this many or more",
        "How often a surgeon exactly on the national line would have this many events or more.",
        "It is not the chance that results are truly on the line, nor that chance is the cause.",
    ),
    Meaning(
        "p_lower",
        "Chance of this few or fewer",
        "How often a surgeon exactly on the national line would have this few events or fewer.",
        "It is not the chance that care was better: events not recorded look the same.",
    ),
    Meaning(
        "events_to_alert",
        "Where the lines lie",
        "The smallest count at which the point would lie above the alert or the alarm line.",
        "It describes the chart; it is not a margin, and nobody may use it up.",
        ("events_to_alarm",),
    ),
    Meaning(
        "chance_alone",
        "Chance alone",
        "How many surgeons exactly on the line would still lie above the alert line.",
        "It excuses no result: which of those above are there by chance cannot be told.",
    ),
    Meaning(
        "audit_method",
        "The audit’s own method",
        "The model, levels and minimum that the audit wrote into the file.",
        "Another method may be looked at; it does not change the position.",
    ),
)
MISSES = (
    Meaning(
        "power.double_rate_alert",
        "What this chart would miss",
        "How often the point would stay inside the line were the true rate double or triple.",
        "A low number of misses is not proof that nothing is wrong.",
        (
            "power.double_rate_alarm",
            "power.triple_rate_alert",
            "power.triple_rate_alarm",
        ),
    ),
    Meaning(
        "power.double_odds_alert",
        "Power at doubled odds",
        "How often the chart would cross its line were every patient’s odds doubled.",
        "Doubled odds are a little less than a doubled rate; the two are not mixed.",
        ("power.double_odds_alarm",),
    ),
    Meaning(
        "power.size_alert",
        "False alerts",
        "How often the chart would alert although the truth lies exactly on the line.",
        "It does not say that your alert, if there is one, is false.",
        ("power.size_alarm",),
    ),
    Meaning(
        "power.detectable_ratio_80",
        "Detectable ratio",
        "The true ratio that this chart would find 80 times in 100.",
        "Smaller differences may matter to patients; this chart would mostly miss them.",
    ),
    Meaning(
        "cases_until",
        "Cases until 80 in 100",
        "The number of cases beyond which a doubled rate is found at least 80 times in 100.",
        "It is not a number of cases that makes anybody competent.",
    ),
)
DATA = (
    Meaning(
        "left_out.excluded",
        "Left out",
        "Cases not counted: they meet an exclusion, follow-up is not complete, or the outcome "
        "or the risk is missing. Each is counted once, in that order.",
        "They are not lost: they stand in Cases, and a correction can bring one back.",
        (
            "left_out.follow_up_incomplete",
            "left_out.missing_outcome",
            "left_out.missing_risk",
        ),
    ),
    Meaning(
        "missing_bounds",
        "If what is missing were known",
        "The lowest and the highest ratio that the missing outcomes and risks could give.",
        "It is not an interval of chance, and the truth is unlikely to lie at either end.",
    ),
    Meaning(
        "overdispersion.phi",
        "Variation beyond chance (over-dispersion)",
        "How much more the nation’s results differ than chance and risk explain (φ and τ²). Where "
        "the audit uses it, limits are wider.",
        "It says nothing of one surgeon, and it does not explain why results differ.",
        ("overdispersion.tau2", "overdispersion.used"),
    ),
    Meaning(
        "completeness",
        "Completeness",
        "The share of cases in which a field is filled.",
        "A filled field is not a correct one.",
    ),
    Meaning(
        "finding",
        "Finding",
        "Something in the records that is worth a look, found by a rule.",
        "It is not an error until someone has looked, and a record without one may still be wrong.",
    ),
    Meaning(
        "trust",
        "Trust state",
        "Where the file came from, and whether it was changed since.",
        "It does not show that the records are right.",
    ),
)
MODELS = (
    Meaning(
        "median_risk",
        "Median predicted risk",
        "Half of your patients had a lower predicted risk, half a higher one.",
        "It does not measure how hard the operations were.",
    ),
    Meaning(
        "auc",
        "AUC",
        "Of a case with the event and one without: how often the first had the higher risk.",
        "It says nothing of whether the risks are too high or too low.",
    ),
    Meaning(
        "brier",
        "Brier score",
        "The mean squared difference between the risks and what happened; 0 is perfect.",
        "It cannot be compared between outcomes of different frequency.",
    ),
    Meaning(
        "calibration",
        "Calibration",
        "Whether, in bands of similar risk, as many events happened as were predicted.",
        "In one surgeon’s cases it says little of the model; chance moves it a lot.",
    ),
    Meaning(
        "signal",
        "Signal",
        "The CUSUM reached its limit on one side; that side then begins anew.",
        "It does not say what changed, and one comes by chance now and then.",
    ),
    Meaning(
        "part",
        "A part of the period",
        "The numbers of one year, procedure or hospital.",
        "It has no limits and no position, and parts that overlap are never added up.",
    ),
)
MEANINGS = (*BASICS, *RATES, *PLACES, *MISSES, *DATA, *MODELS)
_BY_NAME = {name: one for one in MEANINGS for name in (one.name, *one.also)}


def meaning_of(name: str) -> Meaning:
    """Return what a number or a word means; KeyError where the table does not have it."""
    return _BY_NAME[name]


def printed_words() -> tuple[tuple[str, str], ...]:
    """Return the glossary of a document: word and meaning."""
    return tuple((one.label, one.meaning) for one in MEANINGS if one.printed)


def found_words(text: str) -> tuple[Meaning, ...]:
    """Return the meanings that hold all the words of `text`, in the order of their labels."""
    wanted = text.casefold().split()
    found = (one for one in MEANINGS if all(word in _searched(one) for word in wanted))
    return tuple(sorted(found, key=lambda one: one.label.casefold()))


def _searched(one: Meaning) -> str:
    return f"{one.label} {one.meaning} {one.does_not}".casefold()
