"""Every extract vector opens to the state, or fails with the error, that its header states."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from core.errors import PlumblineError
from core.extract.opening import silent
from core.flow import open_review
from core.sealing import age
from core.sealing.example_keys import example_trust_entry
from core.sealing.trust import TrustState, TrustStore, parse_trust_entry

FOLDER = Path(__file__).parents[1] / "vectors" / "extract"
VECTORS = sorted(FOLDER.glob("*.vec"))
STATES = {state.value for state in TrustState}


def read(path: Path) -> tuple[dict[str, str], bytes]:
    head, file = path.read_bytes().split(b"\n\n", 1)
    return dict(line.split(": ", 1) for line in head.decode().split("\n")), file


def opener(header: dict[str, str]) -> age.Opener:
    if "identity" in header:
        return age.X25519Identity.parse(header["identity"])
    return age.Passphrase(header["passphrase"])


@pytest.fixture(scope="session")
def trust() -> TrustStore:
    entry = parse_trust_entry((FOLDER / "vectors.trust.json").read_bytes())
    return TrustStore((entry, example_trust_entry()))


@pytest.mark.parametrize("path", VECTORS, ids=lambda path: path.stem)
def test_vector(path: Path, trust: TrustStore) -> None:
    header, file = read(path)
    if header["expect"] in STATES:
        review = open_review(file, [opener(header)], trust, silent)
        assert review.extract.verdict.state == header["expect"]
        return
    with pytest.raises(PlumblineError) as caught:
        open_review(file, [opener(header)], trust, silent)
    assert caught.value.code == header["expect"]
    assert header.get("place", "") in caught.value.message
    assert caught.value.hint


def test_every_state_and_every_error_of_opening_has_a_vector() -> None:
    expected = {read(path)[0]["expect"] for path in VECTORS}
    seal_and_parts = {f"E10{number}" for number in range(1, 6)}
    content = {f"E20{number}" for number in range(1, 10)}
    assert expected == STATES | seal_and_parts | content | {"E301"}


def test_messages_hold_nothing_of_the_cells(trust: TrustStore) -> None:
    cells: Sequence[str] = ("seventy", "Elective", "01/04/2022", "nhs_number", "C1", "stroke")
    for path in VECTORS:
        header, file = read(path)
        if header["expect"] not in STATES:
            with pytest.raises(PlumblineError) as caught:
                open_review(file, [opener(header)], trust, silent)
            assert not [cell for cell in cells if cell in str(caught.value)], path.stem
