"""Where the figures of an extract that no audit issued come from, said once and calmly."""

from core.extract.manifest import Manifest, Outcome
from core.extract.source import BenchmarkSource, Source
from core.results.wording import count, day

UNSIGNED_IS_USUAL = (
    "A file that an audit did not seal for you has no signature; that is usual. With its SHA-256 "
    "the audit can confirm that it is the file it sent."
)


def origin_words(manifest: Manifest) -> tuple[str, ...]:
    """Return sentences on file, reading, rows and national line; none for an issued extract."""
    source = manifest.source
    if source is None or source.kind == "benchmark":
        return ()
    if source.kind == "summary":
        return ("The figures were typed by the surgeon from a summary.", *source.remarks)
    rows = "row" if source.rows == 1 else "rows"
    said = [
        f"Imported from {source.table or source.file}, read by the profile {source.profile}.",
        f"SHA-256 of the file: {source.digest}.",
        UNSIGNED_IS_USUAL,
        f"The file has {count(source.rows)} {rows}: {_rows(source)}.",
    ]
    if source.problems:
        cells = "cell" if source.problems == 1 else "cells"
        said.append(f"{count(source.problems)} {cells} could not be read as they stand.")
    if source.benchmark is not None:
        said.append(f"National line: {pack_words(source.benchmark)}.")
    return (*said, *source.remarks)


def without_numbers(said: tuple[str, ...]) -> tuple[str, ...]:
    """Return the sentences that hold no number, for documents under the small-number rule."""
    return tuple(words for words in said if not any(sign.isdigit() for sign in words))


def pack_words(pack: BenchmarkSource) -> str:
    """Return whose the benchmark pack is, what its signature was worth, and its dates."""
    issuer = pack.issuer or "an unknown issuer"
    when = "at the import" if pack.added_at is None else "when it was added"
    stated = {
        "verified": f"signed by {issuer}, whose signature was checked {when}",
        "example": "of the made-up example (FICTIONAL)",
        "revoked": f"signed with a certificate of {issuer} that has been revoked",
        "unknown_issuer": f"signed by who calls itself {issuer}; no trusted audit vouches for it",
    }
    said = stated.get(pack.state, "without a signature: nobody vouches for it")
    words = f"a benchmark pack {said}; {day(pack.start)} to {day(pack.end)}"
    return words if pack.added_at is None else f"{words}; added on {day(pack.added_at.date())}"


def risk_words(outcome: Outcome, manifest: Manifest) -> str:
    """Return whose the risks of the cases are."""
    if outcome.comparison == "crude":
        return "none: not adjusted for risk"
    if outcome.typed is not None:
        return "in the total that was typed in"
    if outcome.risk_source != "supplied":
        return f"model {outcome.risk_source}"
    giver = "the imported file" if manifest.source is not None else "the audit"
    return f"supplied by {giver} for each case"


def _rows(source: Source) -> str:
    kept = source.rows - source.others - source.unread - source.outside - source.unnamed
    told = (
        (source.others, "is another surgeon’s", "are other surgeons’"),
        (source.unnamed, "names no surgeon", "name no surgeon"),
        (source.outside, "lies outside the period", "lie outside the period"),
        (source.unread, "could not be read as a case", "could not be read as cases"),
    )
    parts = [f"{count(kept)} {'is' if kept == 1 else 'are'} yours"]
    parts += [f"{count(n)} {one if n == 1 else several}" for n, one, several in told if n]
    return ", ".join(parts)
