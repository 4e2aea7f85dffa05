"""The roads to a Review; everything heavy is imported by the worker, behind the first window."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import BadBenchmarkError, NotAnExtractError, PasswordNeededError
from desktop.jobs import Report
from desktop.translation import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from core.flow import Review
    from core.intake.reading.foreign import Foreign
    from core.sealing.age import Opener
    from desktop.screens.open.presenter import Chosen

PACK = QT_TR_NOOP("The file is a benchmark pack: a national line, without any case.")
PACK_HINT = QT_TR_NOOP("Open your own file first, then add the pack under its funnel.")


def warm_up(report: Report, screens: Iterable[str] = ()) -> None:
    """Import what every review and these screens need, while the user looks for the file."""
    views = (f"desktop.screens.{screen}.view" for screen in screens)
    for module in ("core.flow", "core.charts.funnel", "desktop.widgets.chart_canvas", *views):
        report(0, 0, tr("Getting ready"))
        import_module(module)
    from core.charts.style import register_fonts

    register_fonts()


def read_chosen(path: Path, report: Report) -> bytes:
    """Return the bytes of the file, whatever it is."""
    from core.storage import read_file

    report(0, 1, tr("Reading the file"))
    return read_file(path)


def open_chosen(chosen: Chosen, keys: Sequence[Opener], report: Report) -> Review | Foreign:
    """Return the review of a sealed extract, or what any other file of an audit holds.

    `keys` are those of the open vault. PasswordNeededError asks for a password,
    WeakProtectionError for leave to open what protects nothing.
    """
    from core.intake.reading.opening import open_foreign
    from core.issuing.national_line import is_pack
    from core.sealing.age import Passphrase, is_sealed, needs_password

    if is_sealed(chosen.data):
        if needs_password(chosen.data) and not chosen.passwords:
            raise PasswordNeededError(tr("The file is sealed with a password."))
        with suppress(NotAnExtractError):
            return open_sealed(chosen.data, (*keys, *map(Passphrase, chosen.passwords)), report)
    if is_pack(chosen.data):
        raise BadBenchmarkError(tr(PACK), tr(PACK_HINT))
    return open_foreign(
        chosen.data,
        chosen.name,
        chosen.passwords,
        report,
        identities=keys,
        accept_weak=chosen.accept_weak,
        with_hidden=chosen.with_hidden,
    )


def open_sealed(sealed: bytes, openers: Sequence[Opener], report: Report) -> Review:
    """Return the review of a sealed extract."""
    report(0, 8, tr("Getting ready"))
    from core.flow import open_review
    from core.sealing.trust import TrustStore, shipped_entries

    trust = TrustStore(shipped_entries())
    review = open_review(sealed, openers, trust, report)
    report(0, 0, tr("Looking for what to check in the records"))
    _ = review.findings  # worked out here, off the window's thread, and kept by the review
    report(0, 0, tr("Following the cases in order"))
    with_charts = (one.code for one in review.results if one.kind == "binary")
    if (first := next(with_charts, None)) is not None:
        _ = review.over_time(first)
    return review


def open_example(report: Report) -> Review:
    """Return the review of the made-up example."""
    report(0, 8, tr("Making the example"))
    from core.issuing.example import example_extract
    from core.sealing.age import Passphrase

    sealed, password = example_extract(report)
    return open_sealed(sealed, (Passphrase(password),), report)
