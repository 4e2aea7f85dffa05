"""The signature's field in a PDF, made so that the document stays tagged and archival."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pikepdf
from pikepdf import Array, Dictionary, Name, NumberTree, Pdf, String

LABEL = "Seal of the document: it shows whether anything was changed since it was signed."
PRINT_AND_LOCKED = 4 | 128
SIGNATURES_EXIST_AND_APPEND_ONLY = 3
LARGEST_NUMBER = 9_999_999_999
"""Stands in the byte range until the true numbers, never longer, are known."""
_SEAL = (36, 24, 320, 52)


@dataclass(frozen=True, slots=True)
class Room:
    """What the signature needs: the bytes kept free for it, who signs, and the time they state."""

    size: int
    signer: str
    at: datetime


def add_field(pdf: Pdf, room: Room, *, visible: bool = False) -> None:
    """Add one signature field with free room to `pdf`: invisible, tagged, on the first page.

    The field has a tooltip and a Form structure element that refers to it (PDF/UA-1, 7.18.4), and
    an appearance only where it is seen, since an empty rectangle needs none (PDF/A-3, 6.3.3).
    """
    page = pdf.pages[-1 if visible else 0]
    widget = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=String("Seal"),
            TU=String(LABEL),
            F=PRINT_AND_LOCKED,
            Rect=Array(_SEAL if visible else (0, 0, 0, 0)),
            P=page.obj,
            V=pdf.make_indirect(_signature(room)),
        )
    )
    if visible:
        widget.AP = Dictionary(N=_appearance(pdf, room))
    page.obj.Annots = Array([*page.obj.get(Name.Annots, Array()), widget])
    page.obj.Tabs = Name.S
    form = Dictionary(Fields=Array([widget]), SigFlags=SIGNATURES_EXIST_AND_APPEND_ONLY)
    pdf.Root.AcroForm = pdf.make_indirect(form)
    if Name.StructTreeRoot in pdf.Root:
        _tag(pdf, page.obj, widget)


def _signature(room: Room) -> Dictionary:
    moment = room.at.astimezone(UTC)
    return Dictionary(
        Type=Name.Sig,
        Filter=Name("/Adobe.PPKLite"),
        SubFilter=Name("/ETSI.CAdES.detached"),
        Name=String(room.signer),
        M=String(f"D:{moment:%Y%m%d%H%M%S}+00'00'"),
        ByteRange=Array([0, LARGEST_NUMBER, LARGEST_NUMBER, LARGEST_NUMBER]),
        Contents=String(bytes(room.size)),
    )


def _tag(pdf: Pdf, page: pikepdf.Object, widget: pikepdf.Object) -> None:
    tree = pdf.Root.StructTreeRoot
    parent = tree.K[0] if isinstance(tree.K, Array) else tree.K
    reference = Dictionary(Type=Name.OBJR, Obj=widget, Pg=page)
    element = pdf.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.Form, P=parent, Pg=page, K=Array([reference]))
    )
    children = parent.get(Name.K, Array())
    parent.K = Array([*(children if isinstance(children, Array) else [children]), element])
    parents = NumberTree(tree.ParentTree)
    number = max([*parents.keys(), int(tree.get(Name.ParentTreeNextKey, 0)) - 1]) + 1
    parents[number] = element
    widget.StructParent = number
    tree.ParentTreeNextKey = number + 1


def _appearance(pdf: Pdf, room: Room) -> pikepdf.Stream:
    left, bottom, right, top = _SEAL
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type1,
        BaseFont=Name.Helvetica,
        Encoding=Name.WinAnsiEncoding,
    )
    words = [
        f"Sealed by {room.signer}",
        f"{room.at.astimezone(UTC):%d %B %Y, %H:%M} UTC as they state",
    ]
    lines = b" 0 -12 Td ".join(b"<%b> Tj" % _shown(line) for line in words)
    width, height = right - left, top - bottom
    drawn = b"q 0.5 w 0.5 0.5 %d %d re S Q BT /F 8 Tf 6 17 Td %b ET" % (
        width - 1,
        height - 1,
        lines,
    )
    return pdf.make_stream(
        drawn,
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, width, height]),
        Resources=Dictionary(Font=Dictionary(F=font)),
    )


def _shown(text: str) -> bytes:
    return text.encode("cp1252", "replace").hex().encode()
