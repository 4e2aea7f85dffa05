"""FICTIONAL exports imported, for the tests that look at what came of them."""

import io
import zipfile
from datetime import UTC, datetime

from core.audits.library import load_profile
from core.extract.manifest import Surgeon
from core.extract.writing import seal
from core.flow import Review, open_review
from core.intake.headings import Sheet
from core.intake.mapping import Mapping, assign, choose_surgeon, set_code
from core.intake.matching import propose
from core.issuing.imported import Imported, Origin, Terms, make_extract
from core.issuing.national_line import PublishedRates
from core.sealing.age import Passphrase
from core.sealing.trust import TrustStore
from tests.core.made_foreign import (
    CONSULTANT,
    OPERATED,
    OWN,
    STATUS,
    URGENCY,
    as_csv,
    nvr_rows,
    opened,
)

TERMS = Terms(
    surgeon=Surgeon(name="FICTIONAL surgeon", gmc=OWN),
    key=b"a key for tests",
    made_at=datetime(2026, 11, 22, tzinfo=UTC),
)
ORIGIN = Origin("made-up.csv", "made-up.csv", "0" * 64)
NVR = load_profile("vascular")
NACSA = load_profile("adult_cardiac")
NELA = load_profile("emergency_laparotomy")


def members(made: Imported) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(made.archive)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def reviewed(made: Imported) -> Review:
    return reviewed_archive(made.archive)


def reviewed_archive(archive: bytes) -> Review:
    sealed = seal(archive, [Passphrase("p")], work_factor=4)
    return open_review(sealed, [Passphrase("p")], TrustStore(), lambda done, total, label: None)


def nvr(line: PublishedRates | None = None) -> Imported:
    sheet = opened(as_csv(nvr_rows()))
    mapping = choose_surgeon(propose(sheet, NVR), OWN)
    return make_extract(sheet, mapping, NVR, ORIGIN, TERMS, line, link=True)


def nacsa_mapping(sheet: Sheet) -> Mapping:
    """What a surgeon would assign by hand: the published list gives the first places alone."""
    mapping = propose(sheet, NACSA)
    for target, place in (
        ("operated_on", OPERATED),
        ("surgeon", CONSULTANT),
        ("urgency", URGENCY),
        ("survived", STATUS),
        ("discharge_status", STATUS),
    ):
        mapping = assign(mapping, target, place - 1)
    for target, text, code in (
        ("survived", "0. Alive", "1"),
        ("survived", "1. Dead", "0"),
        ("previous_cardiac_surgery", "1. Coronary bypass", "1"),
        ("previous_cardiac_surgery", "2. Valve", "1"),
        ("insulin_diabetes", "0. Not diabetic", "0"),
        ("insulin_diabetes", "3. Insulin", "1"),
    ):
        mapping = set_code(mapping, target, text, code)
    return choose_surgeon(mapping, OWN)
