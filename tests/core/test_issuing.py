"""Issuing: what an extract holds, whose units are whose, and when a run stops."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import (
    BadManifestError,
    BadRecipientError,
    BadTableError,
    CancelledError,
    WrongKeyError,
)
from core.extract.manifest import Surgeon
from core.extract.opening import open_extract
from core.intake.table import read_table
from core.issuing.benchmark import anonymous_units
from core.issuing.edition import prepare
from core.issuing.extracts import archive_of, file_name
from core.issuing.issue import Issued, issue
from core.issuing.keys import read_issuer, write_issuer_keys
from core.issuing.recipients import Addressee, read_recipients
from core.sealing.age import Passphrase, X25519Identity
from core.sealing.example_keys import example_issuer
from core.sealing.trust import TrustState, TrustStore, parse_trust_entry
from tests.core.made_issue import (
    ISSUED_AT,
    PASSPHRASE,
    TABLE,
    edition,
    opened,
    profile,
    recipients,
    send,
    silent,
)


def test_an_extract_holds_the_surgeons_cases_alone(tmp_path: Path) -> None:
    issued = send(tmp_path, "G1,One,,p.txt,")
    assert issued == Issued(("TEST-G1-1.age",), 1, 0)
    extract = opened(tmp_path / "TEST-G1-1.age")
    assert extract.cases["case_id"].tolist() == ["1", "3", "4", "5", "8"]
    assert extract.cases["risk.died"].tolist() == [0.025, 0.5, 0.5, 0.04, 0.075]
    figures = extract.manifest.outcome("died").issued
    assert figures is not None
    assert (figures.cases, figures.observed) == (2, 1)
    assert figures.expected == pytest.approx(0.1, rel=1e-12)


def test_the_manifest_states_the_run(tmp_path: Path) -> None:
    send(tmp_path, "G1,One,,p.txt," + "ab" * 32)
    manifest = opened(tmp_path / "TEST-G1-1.age").manifest
    assert manifest.issued_at == ISSUED_AT
    assert manifest.retain_until == date(2034, 2, 28)
    assert manifest.surgeon.signing_key_sha256 == "ab" * 32
    assert manifest.fields[0].national_completeness == pytest.approx(6 / 7, abs=1e-4)
    assert [(one.code, one.count) for one in manifest.exclusions] == [("young", 1), ("old@died", 1)]
    national = manifest.outcome("died").national
    assert national is not None
    assert (national.cases, national.observed) == (3, 2)


def test_rows_outside_the_period_are_left_out_and_counted() -> None:
    assert edition().outside == 1


def test_a_table_wholly_outside_the_period_is_refused() -> None:
    with pytest.raises(BadTableError, match="period"):
        edition(b"id,surgeon,day,age,died,risk\n1,G1,2020-01-01,60,0,2.5\n")


@given(st.binary(min_size=32, max_size=32), st.integers(2, 60))
def test_units_are_numbered_once_each(secret: bytes, count: int) -> None:
    surgeons = [f"G{number}" for number in range(count)]
    units = anonymous_units(surgeons, secret)
    assert len(set(units.values())) == count
    assert units == anonymous_units(surgeons[::-1], secret)


def test_another_secret_gives_other_units() -> None:
    surgeons = [f"G{number}" for number in range(50)]
    assert anonymous_units(surgeons, b"a" * 32) != anonymous_units(surgeons, b"b" * 32)


def test_another_issuing_key_or_edition_gives_other_units(tmp_path: Path) -> None:
    many = b"id,surgeon,day,age,died,risk\n" + b"".join(
        b"%d,G%d,2025-01-01,60,0,5\n" % (row, row) for row in range(40)
    )
    entry_folder = tmp_path / "keys"
    write_issuer_keys(entry_folder, "T", ["TEST"], None)
    issuer = read_issuer(entry_folder / "issuer.key", None, lambda: "")
    assert edition(many).nation.unit_of != edition(many, issuer).nation.unit_of
    assert edition(many).nation.unit_of == edition(many).nation.unit_of


def test_the_same_edition_gives_the_same_archive() -> None:
    surgeon = read_recipients(recipients("G1,One,,p.txt,"), lambda name: b"x")[0].surgeon
    assert archive_of(edition(), surgeon) == archive_of(edition(), surgeon)


def test_a_file_name_is_plain_ascii() -> None:
    addressee = read_recipients(recipients("Gé/1:?,One,,p.txt,"), lambda name: b"x")[0]
    assert file_name(edition(), addressee.surgeon) == "TEST-G_1_-1.age"


def test_a_key_recipient_opens_with_its_identity(tmp_path: Path) -> None:
    identity = X25519Identity.generate()
    send(tmp_path, f"G2,Two,{identity.recipient},,")
    data = (tmp_path / "TEST-G2-1.age").read_bytes()
    assert len(open_extract(data, [identity], TrustStore()).cases) == 2
    with pytest.raises(WrongKeyError):
        open_extract(data, [X25519Identity.generate()], TrustStore())


def test_a_changed_recipient_is_refused_until_accepted(tmp_path: Path) -> None:
    first, second = (str(X25519Identity.generate().recipient) for _ in range(2))
    send(tmp_path, f"G1,One,{first},,")
    before = (tmp_path / "TEST-G1-1.age").read_bytes()
    with pytest.raises(BadRecipientError, match=r"^Row 2: the recipient or signing key"):
        send(tmp_path, f"G2,Two,{first},,", f"G1,One,{second},,")
    assert (tmp_path / "TEST-G1-1.age").read_bytes() == before
    assert not (tmp_path / "TEST-G2-1.age").exists()
    send(tmp_path, f"G1,One,{second},,", accept_changed=True)
    send(tmp_path, f"G1,One,{second},,")


def test_a_changed_signing_key_is_refused(tmp_path: Path) -> None:
    send(tmp_path, "G1,One,,p.txt," + "a" * 64)
    with pytest.raises(BadRecipientError):
        send(tmp_path, "G1,One,,p.txt," + "b" * 64)


def test_no_record_of_recipients_holds_a_passphrase(tmp_path: Path) -> None:
    send(tmp_path, "G1,One,,p.txt,")
    assert PASSPHRASE.encode() not in (tmp_path / "recipients.json").read_bytes()


def test_a_damaged_record_of_recipients_stops_the_run(tmp_path: Path) -> None:
    (tmp_path / "recipients.json").write_bytes(b"[1]")
    with pytest.raises(BadRecipientError, match="cannot be read"):
        send(tmp_path, "G1,One,,p.txt,")


def test_recipients_without_cases_are_counted(tmp_path: Path) -> None:
    assert send(tmp_path, "G1,One,,p.txt,", "G9,Nine,,p.txt,").recipients_without_cases == 1


def test_issuer_keys_sign_what_their_trust_entry_verifies(tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    entry = write_issuer_keys(keys, "Test audit", ["TEST"], PASSPHRASE)
    issuer = read_issuer(keys / "issuer.key", None, lambda: PASSPHRASE)
    held = parse_trust_entry((keys / "audit.trust.json").read_bytes())
    assert held.fingerprint == entry.fingerprint
    made = prepare(read_table(TABLE), profile(), issuer, datetime.now(UTC), silent)
    send(tmp_path, "G1,One,,p.txt,", made=made)
    data = (tmp_path / "TEST-G1-1.age").read_bytes()
    extract = open_extract(data, [Passphrase(PASSPHRASE)], TrustStore((held,)))
    assert extract.verdict.state is TrustState.VERIFIED


def stop_at_the_second(done: int, total: int, label: str) -> None:
    if label == "Sealing" and done == 1:
        raise CancelledError("Stopped.")


def test_stopping_leaves_whole_files_and_no_others(tmp_path: Path) -> None:
    addressees = read_recipients(
        recipients("G1,One,,p,", "G2,Two,,p,"), lambda name: PASSPHRASE.encode()
    )
    with pytest.raises(CancelledError):
        issue(edition(), addressees, tmp_path, stop_at_the_second, work_factor=4)
    assert {path.name for path in tmp_path.iterdir()} == {"TEST-G1-1.age", "recipients.json"}
    assert len(opened(tmp_path / "TEST-G1-1.age").cases) == 5


def test_an_extract_that_cannot_be_made_leaves_nothing(tmp_path: Path) -> None:
    first, second = (Passphrase(PASSPHRASE) for _ in range(2))
    addressees = [
        Addressee(Surgeon(name="One", gmc="G1"), first),
        Addressee(Surgeon(name="not\u202eseen", gmc="G2"), second),
    ]
    with pytest.raises(BadManifestError):
        issue(edition(), addressees, tmp_path / "out", silent, work_factor=4)
    assert list(tmp_path.iterdir()) == []


def test_an_edition_may_be_issued_again(tmp_path: Path) -> None:
    for _ in range(2):
        send(tmp_path, "G1,One,,p.txt,")
    assert len(opened(tmp_path / "TEST-G1-1.age").cases) == 5


def test_a_time_without_a_zone_is_utc() -> None:
    made = prepare(
        read_table(TABLE), profile(), example_issuer(), ISSUED_AT.replace(tzinfo=None), silent
    )
    assert made.issued_at == ISSUED_AT
