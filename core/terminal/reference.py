"""`plumb risk` and `plumb audits`: the models and the audits' rules that ship with Plumbline."""

import argparse
from pathlib import Path
from typing import Any

from core.errors import BadTableError, UsageError
from core.results.case_risk import FOR_RECORDED_CASES
from core.terminal.console import say, say_json, say_table, tell


def add_verbs(verbs: Any) -> None:
    """Add the verbs that need no extract."""
    risk = verbs.add_parser("risk", help="risks and contributions of a table of cases")
    risk.add_argument("model", nargs="?", metavar="MODEL")
    risk.add_argument("cases", nargs="?", type=Path, metavar="CASES.csv")
    risk.add_argument("--list", action="store_true", help="name the models")
    risk.add_argument(
        "--use-defaults", action="store_true", help="the authors' own default for a missing factor"
    )
    risk.set_defaults(run=run_risk)
    audits = verbs.add_parser("audits", help="the audits whose rules ship with Plumbline")
    audits.add_argument("--json", action="store_true")
    audits.set_defaults(run=run_audits)


def run_risk(arguments: argparse.Namespace) -> int:
    """Print the risk of each case and what contributes to it, as CSV."""
    from core.intake.table import read_table
    from core.risk.library import load_model, model_names
    from core.risk.predict import predict
    from core.risk.table import risk_table
    from core.storage import read_file

    if arguments.list:
        for name in model_names():
            say(name)
        return 0
    if arguments.model is None or arguments.cases is None:
        raise UsageError("A model and a table of cases are needed.")
    model = load_model(arguments.model)
    cases = read_table(read_file(arguments.cases, called="The table of cases"))
    table = risk_table(model, cases, use_defaults=arguments.use_defaults)
    tell(FOR_RECORDED_CASES)
    found = predict(model, cases, use_defaults=arguments.use_defaults)
    lacking = [name for name, mask in found.missing.items() if mask.all()]
    if len(cases) and len(lacking) == len(model.fields):
        needed = ", ".join(lacking)
        raise BadTableError("The table has none of the model's factors.", f"It needs: {needed}.")
    for field, count in found.defaulted.items():
        tell(f"{field}: missing in {count} of {len(cases)} cases, taken as the authors' default.")
    for field, count in found.clamped.items():
        tell(f"{field}: beyond the range in {count} of {len(cases)} cases, held at its limit.")
    for line in table.to_csv(index=False).rstrip("\n").split("\n"):
        say(line)
    return 0


def run_audits(arguments: argparse.Namespace) -> int:
    """Print each audit profile: code, name, specialty, level, outcomes."""
    from core.audits.library import load_profile, profile_names

    profiles = [load_profile(name) for name in profile_names()]
    headings = ("code", "name", "specialty", "level", "outcomes")
    rows = [
        (
            profile.audit.code,
            profile.audit.name,
            profile.specialty,
            profile.level,
            ", ".join(outcome.code for outcome in profile.outcomes),
        )
        for profile in profiles
    ]
    if arguments.json:
        say_json({"audits": [dict(zip(headings, row, strict=True)) for row in rows]})
    else:
        say_table(headings, rows)
    return 0
