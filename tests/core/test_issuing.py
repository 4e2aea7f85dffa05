"""Issuing: recipients, risks, anonymous units, refusals, key files."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from core.audits.profile import Profile, parse_profile
from core.errors import (
    BadIdentityError,
    BadRecipientError,
    BadTableError,
    CancelledError,
    ReadFailedError,
    WrongKeyError,
)
from core.extract.opening import Extract, open_extract
from core.intake.cases import cases_from
from core.intake.table import read_table
from core.issuing.account_answers import account_of
from core.issuing.benchmark import anonymous_units
from core.issuing.edition import Edition, prepare
from core.issuing.extracts import archive_of, file_name
from core.issuing.issue import Issued, issue
from core.issuing.keys import read_issuer, write_issuer_keys, write_surgeon_keys
from core.issuing.recipients import first_line, read_recipients
from core.issuing.risks import with_risks
from core.sealing.age import Passphrase, X25519Identity, X25519Recipient
from core.sealing.enrolment import read_enrolment
from core.sealing.example_keys import example_issuer
from core.sealing.identities import load_identities, load_signer
from core.sealing.signatures import CertifiedKey
from core.sealing.trust import TrustState, TrustStore, parse_trust_entry

PROFILE = """
specialty = "s"
series = "s"
attribution = "a"
retain_years = 8
audit = { code = "TEST", name = "T", organisation = "T" }
window = { years = 1, start = 2025-01-01, end = 2025-12-31, follow_up_to = 2025-12-31 }
columns = { surgeon = "surgeon", operated_on = { column = "day" }, case_id = "id" }
fields = [{ name = "age", label = "Age", type = "number" }]
exclusions = [
  { code = "young", words = "Under 18.", field = "age", below = 18 },
  { code = "old", words = "Over 90.", field = "age", above = 90, outcomes = ["died"] },
]
outcomes = [{ code = "died", label = "D", kind = "binary", definition = "d", RISK }]
"""
SUPPLIED = 'risk = { column = "risk", scale = "percent" }'
TABLE = b"""id,surgeon,day,age,died,risk
1,G1,2025-01-01,60,0,2.5
2,G2,2025-01-02,70,1,10
3,G1,2025-06-01,17,1,50
4,G1,2025-06-01,95,1,50
5,G1,2025-06-03,50,,4
6,G2,2025-06-04,50,0,
7,G1,2024-12-31,50,1,90
8,G1,2025-06-05,,1,7.5
"""
ISSUED_AT = datetime(2026, 2, 28, 12, tzinfo=UTC)
PASSPHRASE = "no one else knows"


def silent(done: int, total: int, label: str) -> None:
    """Nobody watches."""


def profile(risk: str = SUPPLIED) -> Profile:
    return parse_profile(PROFILE.replace("RISK", risk).encode(), "profile.toml")


def edition(data: bytes = TABLE, issuer: CertifiedKey | None = None) -> Edition:
    return prepare(read_table(data), profile(), issuer or example_issuer(), ISSUED_AT, silent)


def recipients(*rows: str) -> bytes:
    header = "gmc,name,recipient,passphrase_file,signing_key_sha256"
    return "\n".join((header, *rows, "")).encode()


def send(folder: Path, *rows: str, accept_changed: bool = False) -> Issued:
    addressees = read_recipients(recipients(*rows), lambda name: PASSPHRASE.encode())
    return issue(
        edition(), addressees, folder, silent, accept_changed=accept_changed, work_factor=4
    )


def opened(path: Path) -> Extract:
    return open_extract(path.read_bytes(), [Passphrase(PASSPHRASE)], TrustStore())


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


@pytest.mark.parametrize("risk", ["101", "-1", "x"])
def test_a_risk_outside_its_scale_is_refused(risk: str) -> None:
    data = f"id,surgeon,day,age,died,risk\n1,G1,2025-01-01,60,0,{risk}\n".encode()
    with pytest.raises(BadTableError, match=r"^Row 1, column 'risk'"):
        edition(data)


def risks_by(risk: str, *, favourable: bool = False) -> list[float]:
    ruled = profile(risk)
    if favourable:
        ruled = profile(risk + ', direction = "favourable"')
    table = read_table(TABLE)
    found = with_risks(cases_from(table, ruled), ruled).cases["risk.died"]
    return found.tolist()


def test_a_logistic_risk_reads_fields_and_columns() -> None:
    rule = "risk = { logistic = { intercept = -2.0, terms = { age = 0.02, risk = 0.1 } } }"
    found = risks_by(rule)
    assert found[0] == pytest.approx(1 / (1 + np.exp(2 - 0.02 * 60 - 0.1 * 2.5)))
    assert np.isnan(found[5])
    assert np.isnan(found[7])


def test_a_stated_recalibration_shifts_the_log_odds() -> None:
    stated = 'recalibration = { intercept = 0.5, slope = 2, date = 2025-01-01, source = "s" }'
    found = risks_by(f"{SUPPLIED}, {stated}")
    odds = np.exp(0.5) * (0.1 / 0.9) ** 2
    assert found[1] == pytest.approx(odds / (1 + odds))


def test_a_supplied_risk_of_a_favourable_outcome_is_as_recorded() -> None:
    assert risks_by(SUPPLIED, favourable=True)[0] == risks_by(SUPPLIED)[0]


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


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (["G1,One,,,"], "Row 1: There is neither a recipient nor a passphrase file."),
        (["G1,One,age1nonsense,,"], "Row 1: The recipient is not an age recipient (age1…)."),
        (["G1,,,p.txt,"], "Row 1 lacks a GMC number or a name."),
        (["G1,A,,p,", "G1,B,,p,"], "Row 2: this surgeon stands on an earlier row too."),
        (["G1,A,,p,xyz"], "Row 1: the signing key is not a SHA-256 in hexadecimal."),
        (["G1,A,,empty,"], "Row 1: The password is empty."),
        (["G1,A"], "Row 1 has 2 cells; the header has 5."),
    ],
)
def test_a_wrong_row_of_recipients_is_named(rows: list[str], message: str) -> None:
    with pytest.raises(BadRecipientError) as error:
        read_recipients(recipients(*rows), lambda name: b"\n" if name == "empty" else b"x")
    assert error.value.message == message


def test_a_missing_passphrase_file_names_its_row() -> None:
    def absent(name: str) -> bytes:
        raise ReadFailedError("The file could not be read: no such file.")

    with pytest.raises(BadRecipientError, match=r"^Row 1"):
        read_recipients(recipients("G1,A,,p,"), absent)


def test_a_passphrase_is_the_first_line_without_its_end() -> None:
    assert first_line(b"\xef\xbb\xbfcorrect horse \r\nmore") == "correct horse "
    with pytest.raises(BadRecipientError):
        first_line(b"\xff\xfe")


def test_issuer_keys_sign_what_their_trust_entry_verifies(tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    entry = write_issuer_keys(keys, "Test audit", ["TEST"], PASSPHRASE)
    issuer = read_issuer(keys / "issuer.key", None, lambda: PASSPHRASE)
    held = parse_trust_entry((keys / "audit.trust.json").read_bytes())
    assert held.fingerprint == entry.fingerprint
    made = prepare(read_table(TABLE), profile(), issuer, datetime.now(UTC), silent)
    addressees = read_recipients(recipients("G1,One,,p.txt,"), lambda name: PASSPHRASE.encode())
    issue(made, addressees, tmp_path, silent, work_factor=4)
    data = (tmp_path / "TEST-G1-1.age").read_bytes()
    extract = open_extract(data, [Passphrase(PASSPHRASE)], TrustStore((held,)))
    assert extract.verdict.state is TrustState.VERIFIED


def asked_for_nothing() -> str:
    raise AssertionError("a plain key needs no passphrase")


def test_a_plain_issuing_key_asks_for_no_passphrase(tmp_path: Path) -> None:
    write_issuer_keys(tmp_path, "T", ["TEST"], None)
    read_issuer(tmp_path / "issuer.key", None, asked_for_nothing)


@pytest.mark.parametrize(
    ("certificate", "ask"), [("root.pem", lambda: PASSPHRASE), ("issuer.pem", lambda: "wrong")]
)
def test_a_wrong_certificate_or_passphrase_is_refused(
    tmp_path: Path, certificate: str, ask: Callable[[], str]
) -> None:
    write_issuer_keys(tmp_path, "T", ["TEST"], PASSPHRASE)
    with pytest.raises(BadIdentityError):
        read_issuer(tmp_path / "issuer.key", tmp_path / certificate, ask)


def test_surgeon_keys_open_and_enrol(tmp_path: Path) -> None:
    digest = write_surgeon_keys(tmp_path, "One", "G1", PASSPHRASE)
    (identity,) = load_identities((tmp_path / "identity.age").read_bytes(), PASSPHRASE)
    enrolment = read_enrolment((tmp_path / "enrolment.json").read_bytes())
    signer = load_signer((tmp_path / "signer.p12").read_bytes(), PASSPHRASE)
    assert X25519Recipient.parse(enrolment.recipient) == identity.recipient
    assert (enrolment.name, enrolment.gmc) == ("One", "G1")
    assert enrolment.signing_key_sha256 == digest
    assert signer.certificate_pem == enrolment.certificate_pem


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


def test_an_edition_may_be_issued_again(tmp_path: Path) -> None:
    for _ in range(2):
        send(tmp_path, "G1,One,,p.txt,")
    assert len(opened(tmp_path / "TEST-G1-1.age").cases) == 5


def test_free_text_comes_back_as_it_was(tmp_path: Path) -> None:
    text = 'Ward 4, "east"\nwing; é'
    quoted = text.replace('"', '""')
    data = f'id,surgeon,day,age,died,risk,where\n1,G1,2025-01-01,60,0,5,"{quoted}"\n'.encode()
    placed = PROFILE.replace("RISK", SUPPLIED).replace('"id" }', '"id", provider = "where" }')
    ruled = parse_profile(placed.encode(), "profile.toml")
    made = prepare(read_table(data), ruled, example_issuer(), ISSUED_AT, silent)
    addressees = read_recipients(recipients("G1,One,,p,"), lambda name: PASSPHRASE.encode())
    issue(made, addressees, tmp_path, silent, work_factor=4)
    assert opened(tmp_path / "TEST-G1-1.age").cases["provider"].tolist() == [text]


def test_an_outcome_without_any_risk_is_issued_with_every_case_left_out(tmp_path: Path) -> None:
    bare = parse_profile(PROFILE.replace(", RISK", "").encode(), "profile.toml")
    made = prepare(read_table(TABLE), bare, example_issuer(), ISSUED_AT, silent)
    addressees = read_recipients(recipients("G1,One,,p,"), lambda name: PASSPHRASE.encode())
    issue(made, addressees, tmp_path, silent, work_factor=4)
    extract = opened(tmp_path / "TEST-G1-1.age")
    figures = extract.manifest.outcome("died").issued
    assert figures is not None
    assert (figures.cases, figures.observed, figures.position) == (0, 0, "too_few")
    assert extract.manifest.self_unit is None
    assert extract.national.empty


def test_hidden_peers_are_not_in_the_extract(tmp_path: Path) -> None:
    hidden = PROFILE.replace("RISK", SUPPLIED + ', peers = "hidden"')
    made = prepare(
        read_table(TABLE),
        parse_profile(hidden.encode(), "profile.toml"),
        example_issuer(),
        ISSUED_AT,
        silent,
    )
    addressees = read_recipients(recipients("G1,One,,p,"), lambda name: PASSPHRASE.encode())
    issue(made, addressees, tmp_path, silent, work_factor=4)
    extract = opened(tmp_path / "TEST-G1-1.age")
    assert extract.national["unit"].tolist() == [extract.manifest.self_unit]


def test_a_time_without_a_zone_is_utc() -> None:
    made = prepare(
        read_table(TABLE), profile(), example_issuer(), ISSUED_AT.replace(tzinfo=None), silent
    )
    assert made.issued_at == ISSUED_AT


def test_the_account_answers_for_the_table(tmp_path: Path) -> None:
    found = account_of(edition()).outcomes[0]
    assert (found.policy.cases, found.policy.observed) == (3, 2)
    assert found.policy.expected == pytest.approx(0.2, rel=1e-12)
    rules = [(rule.words, rule.count) for rule in found.policy.exclusions]
    assert rules == [("Under 18.", 1), ("Over 90.", 1)]
    assert found.policy.left_out == {
        "excluded": 2,
        "follow_up_incomplete": 0,
        "missing_outcome": 1,
        "missing_risk": 1,
    }
    assert (found.sizes.units, found.sizes.fewest, found.sizes.most) == (2, 1, 2)
    assert found.volume is None


def test_the_relation_with_volume_is_spearmans() -> None:
    rng = np.random.default_rng(3)
    rows = [
        f"{surgeon}-{case},G{surgeon},2025-01-01,60,{int(rng.random() < 0.2)},20"
        for surgeon in range(30)
        for case in range(3 + surgeon * 2)
    ]
    made = edition("\n".join(["id,surgeon,day,age,died,risk", *rows]).encode())
    units = made.units("died")
    theirs = spearmanr(units["cases"], units["observed"] / units["expected"])
    volume = account_of(made).outcomes[0].volume
    assert volume is not None
    assert volume.correlation == pytest.approx(theirs.statistic, abs=1e-12)
    assert volume.interval[0] < volume.correlation < volume.interval[1]


def test_the_account_stands_beside_the_extracts(tmp_path: Path) -> None:
    send(tmp_path, "G1,One,,p.txt,")
    page = (tmp_path / "issue-report.md").read_text(encoding="utf-8")
    for number in range(1, 7):
        assert page.count(f"**{number}. ") == 1
    assert "G1" not in page
    assert json.loads((tmp_path / "issue-report.json").read_bytes())["edition_number"] == 1
