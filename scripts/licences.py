"""Print the licences of everything that travels in the bundle."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, distribution, packages_distributions
from pathlib import Path, PurePath

from packaging.requirements import Requirement

LICENCE_FILE = re.compile(r"^(licen[cs]e|copying|notice|authors)", re.IGNORECASE)

WEAK_COPYLEFT = re.compile(r"LGPL|Lesser General Public|MPL")
"""May travel with Apache-2.0 where their texts do and anyone can put others in their place."""
PERMISSIVE = re.compile(
    r"0BSD|Apache-2\.0|Apache Software|BSD|CC0|MIT|OFL|PSF|Public Domain|Python Software|Zlib"
)


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


def strangers() -> list[str]:
    """Return the modules of what is installed here and Plumbline does not require."""
    ours = modules_of(found.name for found in travelling("plumbline", {}).values())
    return sorted(packages_distributions().keys() - ours)


def replaceable() -> list[str]:
    """Return the modules that must stand in the bundle as files: LGPL and MPL ask for it."""
    travellers = travelling("plumbline", {}).values()
    return sorted(modules_of(one.name for one in travellers if WEAK_COPYLEFT.search(stated(one))))


def modules_of(names: Iterable[str]) -> set[str]:
    """Return the modules that the distributions of those names bring."""
    wanted = set(names)
    return {module for module, owners in packages_distributions().items() if wanted & set(owners)}


def unfit() -> list[str]:
    """Return what travels under a licence that may not go with Apache-2.0, or is not known to."""
    known = (PERMISSIVE, WEAK_COPYLEFT)
    return sorted(
        f"{one.name}: {stated(one)}"
        for one in travelling("plumbline", {}).values()
        if not any(kind.search(stated(one)) for kind in known)
    )


def system_licences(libraries: Iterable[Path]) -> dict[str, Path]:
    """Return, by Debian package, where the licence of each shared library of the system stands.

    LookupError where a library belongs to no package: nothing travels without its licence.
    """
    found = {}
    for library in libraries:
        package = owner(library)
        found[package] = Path("/usr/share/doc") / package / "copyright"
        if not found[package].is_file():
            raise LookupError(f"No licence of {library} is known here.")
    return found


def owner(library: Path) -> str:
    """Return the Debian package that a file belongs to."""
    for path in dict.fromkeys(
        (library, library.resolve(), Path("/usr") / library.relative_to("/"))
    ):
        if shutil.which("dpkg") is None:
            break
        asked = subprocess.run(["dpkg", "-S", path], capture_output=True, text=True, check=False)
        if asked.returncode == 0:
            return asked.stdout.partition(":")[0]
    raise LookupError(f"{library} belongs to no package.")


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
