"""Opening goes step by step, may be stopped at each, and takes what other tools make."""

import io
import shutil
import subprocess
import zipfile
from hashlib import sha256
from pathlib import Path

import pyrage
import pytest

from core.errors import BadColumnError, CancelledError, MissingMemberError
from core.extract.archive import unpack
from core.extract.opening import STEPS, open_envelope, open_extract
from core.sealing import age
from core.sealing.trust import TrustState, TrustStore, parse_trust_entry

FOLDER = Path(__file__).parents[1] / "vectors" / "extract"
PASSPHRASE = "FICTIONAL passphrase"
OPENER = age.Passphrase(PASSPHRASE)
TRUST = TrustStore((parse_trust_entry((FOLDER / "vectors.trust.json").read_bytes()),))


def vector(name: str) -> bytes:
    return (FOLDER / f"{name}.vec").read_bytes().split(b"\n\n", 1)[1]


def test_each_step_is_reported_once_begun_and_in_order() -> None:
    told: list[tuple[int, int, str]] = []
    open_extract(vector("verified"), [OPENER], TRUST, lambda *step: told.append(step))
    assert list(dict.fromkeys(told)) == [(at, len(STEPS), label) for at, label in enumerate(STEPS)]


@pytest.mark.parametrize("stop", STEPS)
def test_any_step_may_be_stopped(stop: str) -> None:
    def report(done: int, total: int, label: str) -> None:
        if label == stop:
            raise CancelledError("Stopped.")

    with pytest.raises(CancelledError):
        open_extract(vector("verified"), [OPENER], TRUST, report)


def test_what_is_opened_is_what_was_sealed() -> None:
    sealed = vector("all_parts")
    extract = open_extract(sealed, [OPENER], TRUST)
    members = unpack(extract.archive)
    assert extract.archive == pyrage.passphrase.decrypt(sealed, PASSPHRASE)
    assert extract.digest == sha256(sealed).hexdigest()
    assert extract.manifest_bytes == members["manifest.json"]
    assert extract.signature == members["manifest.sig"]
    assert extract.issuer_pem == members["issuer.pem"]
    assert extract.models == {"models/fictional.toml": members["models/fictional.toml"]}
    assert extract.verdict.issuer_name == "FICTIONAL vectors audit"
    assert list(extract.cases["case_id"]) == ["C1", "C2", "C3"]
    assert list(extract.cases["excluded"]) == ["", "emergency", ""]
    assert list(extract.cases["provider"].isna()) == [False, False, True]
    assert extract.cases["operated_on"].dt.strftime("%d.%m.%Y").tolist()[1] == "31.05.2022"
    assert extract.national["observed"].tolist() == [1, 1]
    assert extract.answers is not None
    assert extract.answers["decision"].tolist() == ["accepted"]


def test_the_envelope_is_known_where_the_tables_are_wrong() -> None:
    envelope = open_envelope(vector("bad_number"), [OPENER], TRUST)
    assert envelope.manifest.audit.name == "FICTIONAL audit"
    assert envelope.verdict.state is TrustState.VERIFIED
    with pytest.raises(BadColumnError):
        open_extract(vector("bad_number"), [OPENER], TRUST)
    with pytest.raises(MissingMemberError):
        open_envelope(vector("missing_cases"), [OPENER], TRUST)


def test_an_extract_made_by_other_tools_opens() -> None:
    members = unpack(pyrage.passphrase.decrypt(vector("verified"), PASSPHRASE))
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name in reversed(members):
            zipped.writestr(name, members[name])
    mine = pyrage.x25519.Identity.generate()
    sealed = pyrage.encrypt(written.getvalue(), [mine.to_public()], armored=True)
    extract = open_extract(sealed, [age.X25519Identity.parse(str(mine))], TRUST)
    assert extract.verdict.state is TrustState.VERIFIED


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is absent")
@pytest.mark.parametrize(("name", "verified"), [("verified", True), ("changed_manifest", False)])
def test_openssl_checks_the_signature(tmp_path: Path, name: str, verified: bool) -> None:
    for member, data in unpack(age.decrypt(vector(name), [OPENER])).items():
        (tmp_path / member).write_bytes(data)
    key = ["openssl", "x509", "-in", "issuer.pem", "-pubkey", "-noout", "-out", "issuer.pub"]
    check = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "issuer.pub", "-rawin"]
    files = ["-in", "manifest.json", "-sigfile", "manifest.sig"]
    subprocess.run(key, cwd=tmp_path, check=True)
    done = subprocess.run(check + files, cwd=tmp_path, check=False, capture_output=True)
    assert (done.returncode == 0) is verified
