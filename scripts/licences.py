"""Print the licences of everything that travels in the bundle."""

import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import PurePath

from packaging.requirements import Requirement

LICENCE_FILE = re.compile(r"^(licen[cs]e|copying|notice|authors)", re.IGNORECASE)


def main() -> None:
    """Print one section for each distribution, by name."""
    sys.stdout.reconfigure(encoding="utf-8")
    print(f"Plumbline {distribution('plumbline').version} is made with these packages.\n")
    for found in sorted(travelling("plumbline", {}).values(), key=lambda d: d.name.lower()):
        print(f"{'=' * 80}\n{found.name} {found.version}: {stated(found)}\n{'=' * 80}\n")
        for text in texts(found):
            print(f"{text.strip()}\n")


def travelling(name: str, seen: dict[str, Distribution]) -> dict[str, Distribution]:
    """Return the distribution of that name and all it requires here, by name."""
    if name not in seen:
        seen[name] = distribution(name)
        for line in seen[name].requires or ():
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                travelling(requirement.name.lower(), seen)
    return seen


def stated(found: Distribution) -> str:
    """Return the licence a distribution states of itself."""
    metadata = found.metadata
    classified = [
        value.rpartition(" :: ")[2]
        for value in metadata.get_all("Classifier", ())
        if value.startswith("License ::")
    ]
    named = metadata.get("License-Expression") or ", ".join(classified) or metadata.get("License")
    return (named or "see below").splitlines()[0]


def texts(found: Distribution) -> Iterator[str]:
    """Yield the text of each licence file a distribution brings."""
    for file in found.files or ():
        if LICENCE_FILE.match(PurePath(file).name) and file.suffix not in {".py", ".pyc"}:
            yield file.read_text(encoding="utf-8")


if __name__ == "__main__":
    main()
