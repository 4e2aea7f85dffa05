"""The roads to a Review; everything heavy is imported by the worker, behind the first window."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.jobs import Report

if TYPE_CHECKING:
    from core.flow import Review


def warm_up(report: Report) -> None:
    """Import what every review needs, while the user looks for the file."""
    for module in ("core.flow", "core.charts.funnel", "desktop.widgets.chart_canvas"):
        report(0, 0, "Getting ready")
        import_module(module)
    from core.charts.style import register_fonts

    register_fonts()


def read_sealed(path: Path, report: Report) -> bytes:
    """Return the bytes of a sealed file; one that no password could open ends in its error."""
    from core.sealing.age import decrypt, needs_password
    from core.storage import read_file

    report(0, 1, "Reading the file")
    sealed = read_file(path)
    if not needs_password(sealed):
        decrypt(sealed, ())
    return sealed


def open_sealed(sealed: bytes, password: str, report: Report) -> Review:
    """Return the review of a sealed extract."""
    report(0, 8, "Getting ready")
    from core.flow import open_review
    from core.sealing.age import Passphrase
    from core.sealing.trust import TrustStore, shipped_entries

    trust = TrustStore(shipped_entries())
    review = open_review(sealed, (Passphrase(password),), trust, report)
    report(0, 0, "Looking for what to check in the records")
    _ = review.findings  # worked out here, off the window's thread, and kept by the review
    return review


def open_example(report: Report) -> Review:
    """Return the review of the made-up example."""
    report(0, 8, "Making the example")
    from core.issuing.example import example_extract

    sealed, password = example_extract(report)
    return open_sealed(sealed, password, report)
