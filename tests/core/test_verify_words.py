"""What is said of a document's signer, and of figures that nobody vouches for."""

from core.report.verifying.verification import NOT_VOUCHED
from core.report.verifying.verify import verify
from core.report.verifying.verify_words import signed_by_words
from core.sealing.trust import TrustStore
from tests.core.made_export import export


def test_a_name_stands_after_what_it_is_worth() -> None:
    boast = "Confirmed by the Royal Audit: yes"
    for example in (True, False):
        said = signed_by_words("self_declared", boast, (), example=example)
        assert said.index("elf-declared: ") < said.index(f"“{boast}”")
        assert said.startswith("FICTIONAL") == example
    said = signed_by_words("confirmed", "Dr A", ("Audit B", "Audit C"))
    assert said.startswith("Confirmed by Audit B, Audit C: signed by “Dr A”")


def test_figures_that_no_trusted_audit_issued_are_not_to_be_relied_on() -> None:
    found = verify(export(), TrustStore(()))
    assert found.issued == "unknown_issuer"
    assert found.advice == NOT_VOUCHED == found.extracts[0].advice
    assert found.signed_by_words.startswith("Self-declared: ")
