"""What a meaning is, and those of the basic words, which every glossary prints."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Meaning:
    """One number or word: its meaning, and what it does not mean.

    `name` is that of `plumb results --json`, dotted where it lies deeper, else a name of our own;
    `also` are names that mean the same at another line. A document's glossary has the `printed`.
    """

    name: str
    label: str
    meaning: str
    does_not: str
    also: tuple[str, ...] = ()
    printed: bool = False


BASICS = (
    Meaning(
        "case", "Case", "One operation.", "It is not a patient: one may have two.", printed=True
    ),
    Meaning(
        "outcome",
        "Outcome",
        "What the audit looks at after an operation, as it defines it.",
        "It does not cover everything that matters to a patient.",
        ("kind", "direction", "code", "label"),
        printed=True,
    ),
    Meaning(
        "risk",
        "Risk",
        "The predicted probability of the outcome for one patient, before the operation.",
        "It does not foretell that patient’s course, and it knows only what the model was given.",
        printed=True,
    ),
    Meaning(
        "observed",
        "Observed",
        "How often the outcome happened in the counted cases.",
        "It does not say why it happened, or whether it could have been avoided.",
        printed=True,
    ),
    Meaning(
        "expected",
        "Expected",
        "The sum of the risks: how often it would happen in patients like these.",
        "It is not an aim, an allowance or a forecast, and not a count that anyone should reach.",
        printed=True,
    ),
    Meaning(
        "ratio",
        "Ratio",
        "Observed divided by expected. Two surgeons’ ratios cannot be compared.",
        "A ratio below 1 is not proof of good care, nor one above 1 of poor care.",
        printed=True,
    ),
    Meaning(
        "ratio_interval",
        "95\u202f% interval",
        "The range of ratios that agree with what was observed.",
        "It does not decide the position, and it is not the range between the limits.",
        ("interval_method",),
        printed=True,
    ),
    Meaning(
        "national_ratio",
        "National line",
        "Where the audit’s comparison lies.",
        "It is not a standard of good care: about half of all surgeons lie on each side of it.",
        ("centre",),
        printed=True,
    ),
    Meaning(
        "limits",
        "Limits",
        "The lines between which chance alone would put nearly all results on the line.",
        "Inside the limits is not evidence of good results, and outside is no verdict.",
        ("limits_drawn", "limits_model"),
        printed=True,
    ),
    Meaning(
        "alert_alarm",
        "Alert, alarm",
        "The inner and the outer limits. Beyond them, the records are checked first.",
        "Crossing one does not say that the care was at fault; it says that a look is due.",
        printed=True,
    ),
    Meaning(
        "vlad",
        "VLAD",
        "Expected minus observed, added up in the order of operation.",
        "It has no limits. A slope over a few cases says little.",
        printed=True,
    ),
    Meaning(
        "cusum",
        "CUSUM",
        "A running total that signals when results drift from what the risks predict.",
        "No signal does not show that nothing changed, and a signal does not say what did.",
        printed=True,
    ),
    Meaning(
        "what_if",
        "What-if",
        "The figures were some corrections accepted: never the audit’s figures.",
        "It is not a result, and it does not say that the audit will accept anything.",
        printed=True,
    ),
    Meaning(
        "query",
        "Correction request",
        "A query: a request to the audit to correct a record.",
        "Nothing is sent by this program, and no record changes until the audit changes it.",
        printed=True,
    ),
)
