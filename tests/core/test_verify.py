"""The four questions about a document, each answered by itself."""

from base64 import b64decode, b64encode
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from shutil import which
from subprocess import run

import msgspec
import pytest
from pikepdf import AttachedFileSpec, Pdf

from core.issuing.example import example_signer
from core.report.evidence import NAME, Evidence, Figure, evidence_bytes
from core.report.signing.sign import SealOptions, sign_pdf
from core.report.verifying.remembered import CHANGED, read_seen, recall, write_seen
from core.report.verifying.verification import RELY, Verification
from core.report.verifying.verify import verify
from core.sealing.example_keys import example_root
from core.sealing.identities import Signer, make_signer
from core.sealing.revocations import make_revocations
from core.sealing.trust import TrustStore, shipped_entries
from tests.core.made_export import AT, TRUST, evidence, export, unsigned


@pytest.fixture(scope="module")
def stranger() -> Signer:
    return make_signer("FICTIONAL stranger", "FICT999", datetime(2025, 1, 1, tzinfo=UTC))


def answers(found: Verification) -> tuple[str, str, str, str]:
    return found.unchanged, found.signed_by, found.issued, found.figures


def changed(carried: Evidence, name: str, value: object, **more: object) -> Evidence:
    """Return the evidence with another value of one figure of the first outcome."""
    part = carried.extracts[0]
    outcome = part.outcomes[0]
    figures = tuple(
        msgspec.structs.replace(one, value=value, **more) if one.name == name else one
        for one in outcome.figures
    )
    outcomes = (msgspec.structs.replace(outcome, figures=figures), *part.outcomes[1:])
    return with_part(carried, outcomes=outcomes)


def with_part(carried: Evidence, **fields: object) -> Evidence:
    part = msgspec.structs.replace(carried.extracts[0], **fields)
    return msgspec.structs.replace(carried, extracts=(part,))


def resaved(data: bytes) -> bytes:
    whole = BytesIO()
    with Pdf.open(BytesIO(data)) as pdf:
        pdf.save(whole)
    return whole.getvalue()


def test_a_true_export_holds_and_an_example_is_said() -> None:
    found = verify(export(), TRUST)
    assert answers(found) == ("yes", "confirmed", "example", "yes")
    assert found.holds
    assert "FICTIONAL" in found.issued_words
    assert found.advice == RELY
    assert datetime.fromisoformat(found.signer.stated_at) == AT


def test_the_fact_sheet_is_made_from_the_manifest_alone() -> None:
    false = changed(evidence(), "observed", 0)
    (extract,) = verify(export(false), TRUST).extracts
    facts = {fact.figure: fact.value for fact in extract.outcomes[0].facts}
    assert facts["observed"] == 10
    assert facts["cases"] == 409
    assert extract.outcomes[0].position == "within"


def test_retyped_figures_signed_by_someone_else_are_told(stranger: Signer) -> None:
    found = verify(export(changed(evidence(), "observed", 3), stranger), TRUST)
    assert answers(found) == ("yes", "self_declared", "example", "no")
    assert not found.holds
    (difference,) = found.differences
    assert (difference.figure, difference.stated, difference.issued) == ("observed", 3, 10)


def test_true_figures_under_another_key_than_the_audits_do_not_hold(stranger: Signer) -> None:
    found = verify(export(None, stranger), TRUST)
    assert answers(found) == ("yes", "self_declared", "example", "yes")
    assert not found.holds
    assert any("another signing key" in words for words in found.findings)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("cases", 410),
        ("expected", 12.5),
        ("ratio", 0.5),
        ("ratio_interval.upper", 1.0),
        ("limits.0.95.upper", 9.0),
        ("p_upper", 0.9),
        ("exact_position", "below_alarm"),
        ("adjusted_rate", 0.0001),
        ("national_ratio", 1.5),
        ("events_to_alarm", 99),
    ],
)
def test_every_figure_is_compared_however_it_is_marked(name: str, value: object) -> None:
    for standing in ("issued", "derived", "surgeon"):
        found = verify(export(changed(evidence(), name, value, standing=standing)), TRUST)
        assert found.figures == "no"
        assert [one.figure for one in found.differences] == [name]


def test_the_surgeons_own_figures_are_named_as_not_covered() -> None:
    found = verify(export(changed(evidence(), "left_out.excluded", 77)), TRUST)
    assert found.figures == "yes"
    assert "left_out.excluded" in found.extracts[0].outcomes[0].not_covered


def test_a_figure_that_no_manifest_accounts_for_cannot_pass_as_issued() -> None:
    carried = evidence()
    outcome = carried.extracts[0].outcomes[0]
    more = Figure(name="excellence", value=1.0, standing="issued")
    outcomes = (
        msgspec.structs.replace(outcome, figures=(*outcome.figures, more)),
        *carried.extracts[0].outcomes[1:],
    )
    found = verify(export(with_part(carried, outcomes=outcomes)), TRUST)
    assert [one.figure for one in found.differences] == ["excellence"]


def test_a_figure_stated_twice_is_a_difference() -> None:
    carried = evidence()
    outcome = carried.extracts[0].outcomes[0]
    doubled = msgspec.structs.replace(outcome, figures=(*outcome.figures, outcome.figures[0]))
    outcomes = (doubled, *carried.extracts[0].outcomes[1:])
    assert verify(export(with_part(carried, outcomes=outcomes)), TRUST).figures == "no"


def test_an_outcome_left_out_is_a_difference_and_one_not_chosen_is_said() -> None:
    carried = evidence()
    first, second = carried.extracts[0].outcomes
    found = verify(export(with_part(carried, outcomes=(first,))), TRUST)
    assert found.figures == "no"
    assert found.differences[0].outcome == second.code
    unchosen = msgspec.structs.replace(second, chosen=False)
    found = verify(export(with_part(carried, outcomes=(first, unchosen))), TRUST)
    assert found.figures == "yes"
    assert found.left_out == (f"{second.label}: not shown beyond its position.",)


def test_another_position_or_doctor_or_edition_is_a_difference() -> None:
    carried = evidence()
    first, second = carried.extracts[0].outcomes
    better = msgspec.structs.replace(second, position="within")
    other = msgspec.structs.replace(
        carried, doctor=msgspec.structs.replace(carried.doctor, gmc="1")
    )
    for false in (
        with_part(carried, outcomes=(first, better)),
        with_part(carried, edition_number=9),
        with_part(carried, period=("2001-01-01", "2002-01-01")),
        other,
    ):
        assert verify(export(false), TRUST).figures == "no"


def test_another_doctors_manifest_does_not_confirm_the_key(stranger: Signer) -> None:
    carried = evidence()
    doctor = msgspec.structs.replace(carried.doctor, name="FICTIONAL stranger", gmc="FICT999")
    found = verify(export(msgspec.structs.replace(carried, doctor=doctor)), TRUST)
    assert found.signed_by == "self_declared"


def test_altered_pages_with_true_evidence_never_go_without_the_words() -> None:
    found = verify(export(words="Observed 0 deaths. Excellent in every way."), TRUST)
    assert found.advice == "Rely on these figures, not on the pages."


def test_a_resaved_document_is_told_from_changed_figures() -> None:
    found = verify(resaved(export()), TRUST)
    assert answers(found) == ("seal_lost", "nobody", "example", "yes")
    assert "figures still match" in found.unchanged_words
    assert not found.holds
    found = verify(resaved(export(changed(evidence(), "observed", 0))), TRUST)
    assert "figures changed" in found.unchanged_words


def test_a_document_without_a_seal_says_nobody() -> None:
    assert answers(verify(unsigned(evidence()), TRUST)) == ("seal_lost", "nobody", "example", "yes")


def test_a_changed_manifest_or_signature_is_not_issued() -> None:
    carried = evidence()
    part = carried.extracts[0]
    manifest = b64decode(part.manifest or "").replace(b'"observed": 10', b'"observed": 9')
    false = with_part(carried, manifest=b64encode(manifest).decode())
    assert verify(export(false), TRUST).issued == "no"
    for broken in ("", "####", b64encode(bytes(64)).decode()):
        found = verify(export(with_part(carried, signature=broken)), TRUST)
        assert (found.issued, found.figures) == ("no", "no")
    assert verify(export(with_part(carried, signature=None)), TRUST).issued == "no"
    assert verify(export(with_part(carried, manifest="e30=")), TRUST).issued == "no"


def test_the_other_trust_states_are_answered() -> None:
    carried = with_part(evidence(), signature=None, issuer=None)
    assert verify(export(carried), TRUST).issued == "unsigned"
    assert verify(export(), TrustStore(())).issued == "unknown_issuer"
    (entry,) = shipped_entries()
    revoked = replace(entry, revocations=make_revocations(example_root(), 1, [2]))
    assert verify(export(), TrustStore((revoked,))).issued == "revoked"


def test_hidden_small_numbers_are_not_provable_here() -> None:
    carried = with_part(evidence(), manifest=None, signature=None, issuer=None)
    found = verify(export(msgspec.structs.replace(carried, small_numbers="hidden")), TRUST)
    assert answers(found) == ("yes", "self_declared", "not_provable", "not_provable")


def test_damaged_evidence_is_said() -> None:
    whole = BytesIO()
    with Pdf.open(BytesIO(unsigned(None))) as pdf:
        pdf.attachments[NAME] = AttachedFileSpec(pdf, b"{]")
        pdf.save(whole)
    broken = verify(sign_pdf(whole.getvalue(), example_signer(), AT), TRUST)
    assert answers(broken) == ("yes", "self_declared", "no_evidence", "no_evidence")
    assert "The evidence cannot be read." in broken.findings


def test_a_locked_document_needs_its_password() -> None:
    locked = export(options=SealOptions(password="made up"))
    assert verify(locked, TRUST).unchanged == "refused"
    assert verify(locked, TRUST, password="wrong").unchanged == "refused"
    assert verify(locked, TRUST, password="made up").holds


def test_a_changed_certificate_is_said_loudly(stranger: Signer, tmp_path: Path) -> None:
    true, other = verify(export(), TRUST), verify(export(None, stranger), TRUST)
    (first,), seen = recall([true], {})
    assert first.signer.remembered == "new"
    write_seen(tmp_path / "new", seen)
    assert read_seen(tmp_path / "new") == seen
    (again, changed_key), after = recall([true, other], seen)
    assert again.signer.remembered == "same"
    assert changed_key.signer.remembered == "changed"
    assert changed_key.findings[0] == CHANGED
    assert not changed_key.holds
    assert after == seen
    assert read_seen(tmp_path) == {}


def test_openssl_verifies_the_manifest_of_the_evidence(tmp_path: Path) -> None:
    openssl = which("openssl")
    if openssl is None:
        pytest.skip("openssl is absent")
    with Pdf.open(BytesIO(export())) as pdf:
        carried = msgspec.json.decode(
            pdf.attachments["plumbline-evidence.json"].get_file().read_bytes()
        )
    part = carried["extracts"][0]
    (tmp_path / "issuer.pem").write_text(part["issuer"])
    (tmp_path / "manifest.json").write_bytes(b64decode(part["manifest"]))
    (tmp_path / "manifest.sig").write_bytes(b64decode(part["signature"]))
    words = (
        "pkeyutl -verify -rawin -certin -inkey issuer.pem -in manifest.json -sigfile manifest.sig"
    )
    done = run([openssl, *words.split()], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Verified Successfully" in done.stdout


def test_a_figure_that_the_pages_do_not_print_is_a_finding() -> None:
    printed = evidence()
    found = verify(export(printed), TRUST)
    assert found.figures == "yes"
    assert not any("prints" in words for words in found.findings)
    pages = unsigned(None, "Observed 0.85 and 10.831.")
    whole = BytesIO()
    with Pdf.open(BytesIO(pages)) as pdf:
        pdf.attachments[NAME] = AttachedFileSpec(pdf, evidence_bytes(printed))
        pdf.save(whole)
    found = verify(sign_pdf(whole.getvalue(), example_signer(), AT), TRUST)
    assert answers(found) == ("yes", "confirmed", "example", "yes")
    assert any("“0.83” (death, ratio)" in words for words in found.findings)
    assert found.advice == RELY
