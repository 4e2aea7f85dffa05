"""A seal: what any change does to it, and what other people's verifiers say of it."""

import asyncio
import logging
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import AttachedFileSpec, Pdf

from core.errors import RefusedDocumentError, SigningError
from core.issuing.example import example_signer
from core.report.evidence import NAME
from core.report.signing.cms import read_container
from core.report.signing.sign import SealOptions, sign_pdf
from core.report.verifying import seal_check
from core.report.verifying.inspection import inspect
from core.report.verifying.seal_check import SealState, check_seal
from tests.core.made_export import AT, export, unsigned


@cache
def small() -> bytes:
    """A signed page of a few kilobytes, with an attachment, by another maker than typst."""
    pdf = Pdf.new()
    pdf.add_blank_page()
    pdf.attachments[NAME] = AttachedFileSpec(pdf, b'{"made": "up"}', mime_type="application/json")
    whole = BytesIO()
    pdf.save(whole)
    return sign_pdf(whole.getvalue(), example_signer(), AT)


def state(data: bytes) -> SealState | None:
    """Return the seal's state; None where the document is refused."""
    try:
        return check_seal(data, inspect(data).seal).state
    except RefusedDocumentError:
        return None


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read and check one and the same container only once."""
    monkeypatch.setattr(seal_check, "read_container", cache(read_container))


def room(data: bytes) -> tuple[int, int]:
    """Return where the digits of /Contents begin and end."""
    seal = inspect(data).seal
    assert seal is not None
    return seal.byte_range[1] + 1, seal.byte_range[2] - 1


def test_a_fresh_seal_is_whole() -> None:
    assert state(small()) is SealState.WHOLE
    assert state(export()) is SealState.WHOLE


@pytest.mark.usefixtures("quick")
def test_every_single_changed_byte_outside_the_signature_is_reported() -> None:
    data, drawn = bytearray(small()), random.Random(1)
    start, end = room(bytes(data))
    logging.getLogger("pikepdf").setLevel(logging.CRITICAL)
    for place in [*range(start), *range(end, len(data))]:
        kept = data[place]
        data[place] ^= drawn.randrange(1, 256)
        assert state(bytes(data)) is not SealState.WHOLE, place
        data[place] = kept


@pytest.mark.usefixtures("quick")
def test_a_thousand_changed_bytes_of_a_large_export_are_reported() -> None:
    data, drawn = bytearray(export()), random.Random(2)
    start, end = room(bytes(data))
    for _ in range(1000):
        place = drawn.choice([drawn.randrange(start), drawn.randrange(end, len(data))])
        kept = data[place]
        data[place] ^= drawn.randrange(1, 256)
        assert state(bytes(data)) is not SealState.WHOLE, place
        data[place] = kept


def test_every_single_changed_byte_of_the_signature_is_reported() -> None:
    data, drawn = bytearray(small()), random.Random(3)
    start, end = room(bytes(data))
    for place in range(start, end):
        kept = data[place]
        data[place] = drawn.choice([one for one in b"0123456789abcdefF" if one != kept])
        assert state(bytes(data)) is not SealState.WHOLE, place
        data[place] = kept


def test_capital_digits_and_what_stands_in_the_free_room_are_refused() -> None:
    data = small()
    start, end = room(data)
    shouted = data[:start] + data[start:end].upper() + data[end:]
    filled = data[: end - 2] + b"01" + data[end:]
    assert state(shouted) is SealState.ALTERED
    assert state(filled) is SealState.ALTERED


def test_a_longer_gap_is_no_seal() -> None:
    data = small()
    start, _ = room(data)
    shifted = data[: start - 1] + b" " + data[start - 1 :]
    assert state(shifted) is not SealState.WHOLE


@pytest.mark.parametrize("more", [b"x", b"\n", b"%%EOF\n", b"1 0 obj\n<<>>\nendobj\n"])
def test_what_was_added_after_signing_is_said(more: bytes) -> None:
    assert state(small() + more) in {SealState.ADDED, None}


def test_an_appended_revision_is_said() -> None:
    from pyhanko.pdf_utils.generic import NameObject, pdf_string
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(BytesIO(export()))
    writer.root[NameObject("/Lang")] = pdf_string("fr")
    writer.update_root()
    whole = BytesIO()
    writer.write(whole)
    assert state(whole.getvalue()) is SealState.ADDED


def resaved_by_pikepdf(data: bytes) -> bytes:
    whole = BytesIO()
    with Pdf.open(BytesIO(data)) as pdf:
        pdf.save(whole)
    return whole.getvalue()


def test_a_resaved_document_has_lost_its_seal() -> None:
    assert state(resaved_by_pikepdf(export())) is SealState.MOVED


def test_two_signatures_are_refused() -> None:
    with Pdf.open(BytesIO(small())) as pdf:
        original = pdf.Root.AcroForm.Fields[0]
        second = pdf.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Sig, V=original.V))
        pdf.Root.AcroForm.Fields.append(second)
        whole = BytesIO()
        pdf.save(whole)
    with pytest.raises(RefusedDocumentError, match="more than one signature"):
        inspect(whole.getvalue())


def test_a_signed_document_is_not_signed_again() -> None:
    with pytest.raises(SigningError, match="signature already"):
        sign_pdf(small(), example_signer(), AT)


def test_no_document_is_signed_outside_the_certificates_time() -> None:
    with pytest.raises(SigningError, match="not valid at that time"):
        sign_pdf(unsigned(None), example_signer(), AT.replace(year=2019))


def test_the_same_input_gives_the_same_bytes_but_for_the_signature() -> None:
    first, second = export(), export()
    start, end = room(first)
    assert room(second) == (start, end)
    assert first[:start] == second[:start]
    assert first[end:] == second[end:]


def test_pdf_a_and_ua_stay_declared() -> None:
    with Pdf.open(BytesIO(export())) as pdf, pdf.open_metadata() as metadata:
        assert metadata.pdfa_status == "3A"
        assert metadata["pdfuaid:part"] == "1"


def test_a_visible_seal_and_a_password_forfeit_what_they_cost() -> None:
    visible = SealOptions(visible=True)
    with Pdf.open(BytesIO(export(options=visible))) as pdf, pdf.open_metadata() as metadata:
        assert metadata.pdfa_status == ""
        assert "pdfuaid:part" not in metadata
    assert "PDF/A" in visible.forfeits
    locked = export(options=SealOptions(password="made up"))
    with Pdf.open(BytesIO(locked), password="made up") as pdf:
        assert pdf.encryption.R == 6
        assert pdf.encryption.stream_method == pikepdf.models.EncryptionMethod.aesv3
        with pdf.open_metadata() as metadata:
            assert metadata.pdfa_status == ""
    assert check_seal(locked, inspect(locked, "made up").seal).state is SealState.WHOLE
    with pytest.raises(RefusedDocumentError, match="password"):
        inspect(locked)
    assert SealOptions().forfeits == ""


def test_the_field_is_invisible_named_and_tagged() -> None:
    with Pdf.open(BytesIO(export())) as pdf:
        widget = pdf.Root.AcroForm.Fields[0]
        assert [int(edge) for edge in widget.Rect] == [0, 0, 0, 0]
        assert str(widget.TU)
        parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        element = parents[int(widget.StructParent)]
        assert pikepdf.Name.Form == element.S
        assert element.K[0].Obj.objgen == widget.objgen


def client(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is absent")
    return found


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    path = tmp_path / "export.pdf"
    path.write_bytes(export())
    return path


def said(*words: str | Path) -> str:
    done = subprocess.run([str(one) for one in words], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_pdfsig_says_valid(exported: Path) -> None:
    words = said(client("pdfsig"), "-nocert", exported)
    assert "Signature is Valid" in words
    assert "Total document signed" in words
    assert "ETSI.CAdES.detached" in words


def test_qpdf_and_mutool_find_nothing_wrong(exported: Path) -> None:
    assert "No syntax or stream encoding errors" in said(client("qpdf"), "--check", exported)
    assert "unchanged since signing" in said(client("mutool"), "sign", "-v", exported)


def test_outloud_finds_nothing_after_signing(exported: Path) -> None:
    beside = Path(sys.executable).with_name("outloud")
    found = str(beside) if beside.exists() else client("outloud")
    assert "0 error(s)" in said(found, exported)


def test_pyhanko_says_pades_and_intact() -> None:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import async_validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)
    reader = PdfFileReader(BytesIO(export()))
    (signature,) = reader.embedded_signatures
    context = ValidationContext(trust_roots=[signature.signer_cert], allow_fetching=False)
    status = asyncio.run(async_validate_pdf_signature(signature, context))
    assert status.intact
    assert status.valid
    assert status.coverage.name == "ENTIRE_FILE"


RESAVERS: dict[str, Callable[[str, Path, Path], list[str]]] = {
    "qpdf": lambda tool, source, target: [tool, str(source), str(target)],
    "mutool": lambda tool, source, target: [tool, "clean", str(source), str(target)],
}


@pytest.mark.parametrize("name", RESAVERS)
def test_other_programs_lose_the_seal(name: str, exported: Path, tmp_path: Path) -> None:
    target = tmp_path / "resaved.pdf"
    said(*RESAVERS[name](client(name), exported, target))
    assert state(target.read_bytes()) is SealState.MOVED
