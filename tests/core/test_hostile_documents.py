"""Documents made to mislead or exhaust the verifier: a clear answer in bounded time and memory."""

import zlib
from collections.abc import Callable
from io import BytesIO
from time import monotonic

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, Pdf, String

from core.errors import CancelledError
from core.report.evidence import NAME
from core.report.verifying.guarded import verify_guarded, verify_many
from core.report.verifying.inspection import LARGEST_DOCUMENT
from core.report.verifying.requests import Limits, Request
from core.report.verifying.verify import verify
from tests.core.made_export import TRUST, evidence, export, unsigned

LIMITS = Limits(seconds=15)


def edited(edit: Callable[[Pdf], object]) -> bytes:
    """Return an export without a seal, after `edit`."""
    whole = BytesIO()
    with Pdf.open(BytesIO(unsigned(evidence()))) as pdf:
        edit(pdf)
        pdf.save(whole)
    return whole.getvalue()


def action(kind: str, **more: object) -> Dictionary:
    return Dictionary(S=Name(f"/{kind}"), **more)


def script() -> Dictionary:
    return action("JavaScript", JS=String("app.alert(1)"))


def on_opening(pdf: Pdf) -> None:
    pdf.Root.OpenAction = script()


def opening_elsewhere(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Array([pdf.pages[0].obj, Name.Fit])


def on_a_page(pdf: Pdf) -> None:
    pdf.pages[0].obj.AA = Dictionary(O=script())


def named_scripts(pdf: Pdf) -> None:
    pdf.Root.Names.JavaScript = Dictionary(Names=Array([String("x"), script()]))


def link(pdf: Pdf, act: Dictionary) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=act)
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])


def layers(pdf: Pdf) -> None:
    pdf.Root.OCProperties = Dictionary(OCGs=Array([]))


def thousand_attachments(pdf: Pdf) -> None:
    for number in range(1000):
        pdf.attachments[f"{number}.json"] = AttachedFileSpec(pdf, b"{}")


def same_name_twice(pdf: Pdf) -> None:
    again = AttachedFileSpec(pdf, b"{}", filename=NAME)
    note = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, FS=again.obj)
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])


def another_name(pdf: Pdf) -> None:
    del pdf.attachments[NAME]
    pdf.attachments["other.json"] = AttachedFileSpec(pdf, b"{}")


def deep(pdf: Pdf) -> None:
    nested = Array([script()])
    for _ in range(60):
        nested = Array([nested])
    pdf.Root.Deep = nested


def packed_nothing(times: int) -> bytes:
    """Return 16 MB of zeros, deflated, that many times over."""
    size = 1 << 24
    packer = zlib.compressobj(9, wbits=-15)
    once = packer.compress(bytes(size)) + packer.flush(zlib.Z_FULL_FLUSH)
    check = (size * times % 65521) << 16 | 1
    return b"\x78\xda" + once * times + b"\x03\x00" + check.to_bytes(4)


def bomb(pdf: Pdf) -> None:
    stream = pdf.attachments[NAME].obj.EF.F
    stream.write(packed_nothing(16), filter=Name.FlateDecode)


def many_objects(pdf: Pdf) -> None:
    for _ in range(60_000):
        pdf.make_indirect(Array([]))
    pdf.Root.Many = Array([pdf.make_indirect(Dictionary(N=n)) for n in range(60_000)])


HOSTILE: dict[str, tuple[Callable[[Pdf], object], str]] = {
    "script on opening": (on_opening, "scripts or actions"),
    "destination on opening": (opening_elsewhere, "scripts or actions"),
    "script on a page": (on_a_page, "scripts or actions"),
    "named scripts": (named_scripts, "scripts or actions"),
    "launch": (lambda pdf: link(pdf, action("Launch", F="x.exe")), "scripts or actions"),
    "form sent": (lambda pdf: link(pdf, action("SubmitForm")), "scripts or actions"),
    "remote document": (lambda pdf: link(pdf, action("GoToR", F="x")), "scripts or actions"),
    "chained": (lambda pdf: link(pdf, action("URI", Next=script())), "scripts or actions"),
    "layers": (layers, "layers"),
    "thousand attachments": (thousand_attachments, "more than one attachment"),
    "attachment of the same name": (same_name_twice, "more than one attachment"),
    "attachment of another name": (another_name, "not evidence"),
    "nested": (deep, "nested too deeply"),
    "bomb": (bomb, "larger than any"),
    "many objects": (many_objects, "more parts than any"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_an_export_never_is_is_refused(name: str) -> None:
    edit, words = HOSTILE[name]
    found = verify(edited(edit), TRUST)
    assert found.unchanged == "refused"
    assert words in found.unchanged_words
    assert (found.signed_by, found.issued, found.figures) == ("nobody", *["no_evidence"] * 2)


def test_a_plain_link_is_no_reason_to_refuse() -> None:
    linked = edited(lambda pdf: link(pdf, action("URI", URI=String("https://example.org"))))
    assert verify(linked, TRUST).unchanged == "seal_lost"


def xref_loop() -> bytes:
    return (
        b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n"
        b"<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>\nendobj\nxref\n0 3\n"
        b"0000000000 65535 f \n0000000009 00000 n \n0000000055 00000 n \n"
        b"trailer\n<</Size 3/Root 1 0 R/Prev 118>>\nstartxref\n118\n%%EOF\n"
    )


def nested_source() -> bytes:
    body = b"[" * 200_000 + b"]" * 200_000
    start = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/X " + body + b">>\nendobj\n"
    table = b"xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \n"
    return start + table + b"trailer\n<</Size 2/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(start)


def stream_bomb() -> bytes:
    """A cross-reference stream that unpacks to four gigabytes of nothing."""
    packed = packed_nothing(256)
    words = (
        b"1 0 obj\n<</Type/XRef/Size 9/W[1 8 8]/Root 2 0 R/Filter/FlateDecode/Length %d>>\n"
        % len(packed)
    )
    body = b"%PDF-1.7\n" + words + b"stream\n" + packed + b"\nendstream\nendobj\n"
    return body + b"startxref\n9\n%%EOF\n"


BROKEN: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "a header": lambda: b"%PDF-1.7\n",
    "another file": lambda: b"PK\x03\x04" + bytes(100),
    "half": lambda: export()[: len(export()) // 2],
    "too large": lambda: b"%PDF-" + bytes(LARGEST_DOCUMENT),
    "loop": xref_loop,
    "nested source": nested_source,
    "packed bomb": stream_bomb,
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_documents_are_answered_in_a_process_of_their_own(name: str) -> None:
    began = monotonic()
    found = verify_guarded(Request(BROKEN[name]()), TRUST, LIMITS)
    assert found.unchanged == "refused", found.unchanged_words
    assert monotonic() - began < 3 * LIMITS.seconds


@settings(max_examples=60)
@given(st.data())
def test_no_damage_is_anything_but_an_answer(data: st.DataObject) -> None:
    document = bytearray(export())
    for _ in range(data.draw(st.integers(1, 20))):
        place = data.draw(st.integers(0, len(document) - 1))
        document[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(document)))
    assert not verify(bytes(document[:cut]), TRUST).holds or bytes(document[:cut]) == export()


def test_time_runs_out_for_one_document_alone() -> None:
    limits = Limits(seconds=0.2)
    found = verify_guarded(Request(export()), TRUST, limits)
    assert "limits of time and memory" in found.unchanged_words


def test_memory_runs_out_for_one_document_alone() -> None:
    documents = [Request(export()), Request(stream_bomb()), Request(export())]
    found = verify_many(documents, TRUST, lambda *_: None, limits=LIMITS, workers=1)
    assert [one.unchanged for one in found] == ["yes", "refused", "yes"]


def test_many_are_answered_in_their_order_with_progress() -> None:
    steps: list[tuple[int, int]] = []
    documents = [Request(export() if n % 2 else b"no") for n in range(6)]
    found = verify_many(documents, TRUST, lambda done, total, _: steps.append((done, total)))
    assert [one.unchanged for one in found] == ["refused", "yes"] * 3
    assert steps[0] == (0, 6)
    assert steps[-1] == (6, 6)
    assert steps == sorted(steps)


def test_it_stops_when_asked() -> None:
    def stop(done: int, total: int, label: str) -> None:
        if done:
            raise CancelledError("Stopped.")

    began = monotonic()
    with pytest.raises(CancelledError):
        verify_many([Request(export())] * 500, TRUST, stop)
    assert monotonic() - began < 10


def test_an_answer_travels_whole() -> None:
    document = export()
    assert verify_guarded(Request(document), TRUST) == verify(document, TRUST)


def written(*parts: bytes) -> bytes:
    """Return a PDF of these objects, numbered from 1, with a right table of them."""
    whole, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(whole))
        whole += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(parts) + 1, table)
    end = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return whole + head + end % (len(parts) + 1, len(whole))


PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Annots[4 0 R]>>"


@pytest.mark.parametrize(
    "link_to",
    [
        b"<</Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(x)/Next 5 0 R>>>>",
        b"<</Subtype/Link/Rect[0 0 9 9]/A 5 0 R>>",
        b"<</Subtype/Link/Rect[0 0 9 9]/#41 5 0 R>>",
        b"<</Type/StructElem/Subtype/Link/Rect[0 0 9 9]/A 5 0 R>>",
        b"<</Subtype/Widget/Rect[0 0 9 9]/A#41<</U 5 0 R>>>>",
        b"[[[<</J#53(x)>>]]]",
    ],
)
def test_actions_are_found_however_they_are_written(link_to: bytes) -> None:
    root = b"<</Type/Catalog/Pages 2 0 R>>"
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    plain = b"<</Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(JavaScript)>>>>"
    launch = b"<</S/L#61unch/F(x)>>"
    assert verify(written(root, pages, PAGE, plain), TRUST).unchanged == "seal_lost"
    found = verify(written(root, pages, PAGE, link_to, launch), TRUST)
    assert "scripts or actions" in found.unchanged_words
