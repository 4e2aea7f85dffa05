"""Which versions run here, and under which licence each part stands."""

import platform
from email.message import Message
from email.parser import HeaderParser
from importlib.metadata import PackageNotFoundError, distribution, requires, version

from desktop.translation import QT_TR_NOOP, tr

UNKNOWN = QT_TR_NOOP("(not installed)")


def version_of(name: str) -> str:
    """Return the version of an installed distribution."""
    try:
        return version(name)
    except PackageNotFoundError:
        return tr(UNKNOWN)


def system_words() -> str:
    """Return Python and the kind of system; neither its name nor its user."""
    return f"Python {platform.python_version()} · {platform.system()} {platform.machine()}"


def parts() -> tuple[tuple[str, str, str], ...]:
    """Return name, version and licence of what Plumbline is made with."""
    try:
        named = [line.split(";")[0] for line in requires("plumbline") or () if "extra" not in line]
    except PackageNotFoundError:
        return ()
    return tuple(map(_part, sorted({_name(line) for line in named}, key=str.casefold)))


def licence_of(name: str) -> str:
    """Return the licence that a distribution states of itself, in a line."""
    return _part(name)[2]


def _part(name: str) -> tuple[str, str, str]:
    try:
        said = _head(name)
    except PackageNotFoundError:
        return name, tr(UNKNOWN), tr(UNKNOWN)
    return name, said["Version"] or tr(UNKNOWN), _licence(said)


def _head(name: str) -> Message:
    """Return what a distribution states of itself, without the long description that follows."""
    text = distribution(name).read_text("METADATA") or ""
    return HeaderParser().parsestr(text.partition("\n\n")[0])


def _licence(said: Message) -> str:
    classified = [
        line.rpartition(" :: ")[2]
        for line in said.get_all("Classifier") or ()
        if line.startswith("License ::")
    ]
    named = said["License-Expression"] or ", ".join(classified) or said["License"] or ""
    return (named.strip().splitlines() or [tr("see its licence file")])[0]


def _name(requirement: str) -> str:
    for at, letter in enumerate(requirement):
        if not (letter.isalnum() or letter in "-_."):
            return requirement[:at]
    return requirement
