"""What to type in a terminal after an error whose hint is for a window as well."""

from core.errors import (
    NamesCasesError,
    NoRecipientError,
    PlumblineError,
    UnknownModelError,
    UnknownProfileError,
    WhichSurgeonError,
)

OPTIONS: dict[type[PlumblineError], str] = {
    UnknownModelError: "`plumb risk --list` names them.",
    UnknownProfileError: "`plumb audits` lists them.",
    WhichSurgeonError: "Give it with `--surgeon`.",
    NoRecipientError: "Give it with `--seal-passphrase-file`.",
    NamesCasesError: "Confirm it with `--in-the-clear`.",
}


def told(error: PlumblineError) -> str:
    """Return the error in one line, with the option that mends it."""
    return " ".join(part for part in (str(error), OPTIONS.get(type(error), "")) if part)
