"""Which part of a workbook's zip holds which sheet (ECMA-376 part 1, 18.2.19 and 9.2)."""

import posixpath
import zipfile
from xml.etree.ElementTree import Element, fromstring

from core.errors import DamagedFileError

_BOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_LARGEST = 4 * 1024 * 1024


def sheet_parts(zipped: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """Return each sheet's part by the sheet's name; DamagedFileError where they do not fit."""
    parts = {part.filename.lower(): part for part in zipped.infolist()}
    targets = {
        relation.get("Id", ""): _place(relation.get("Target", ""))
        for relation in _root(zipped, parts, _RELATIONS)
    }
    found = {}
    for element in _root(zipped, parts, _BOOK).iter():
        if element.tag.rpartition("}")[2] == "sheet":
            target = targets.get(_relation(element), "").lower()
            if target in parts:
                found[element.get("name", "")] = parts[target]
    return found


def _root(zipped: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], name: str) -> Element:
    part = parts.get(name)
    if part is None or part.file_size > _LARGEST:
        raise DamagedFileError("The workbook lacks its list of sheets.")
    text = zipped.read(part)
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text or b"\0" in text:
        raise DamagedFileError("The workbook's list of sheets is not well-formed.")
    return fromstring(text)  # noqa: S314 - no document type, so no entities


def _relation(sheet: Element) -> str:
    ids = [value for key, value in sheet.attrib.items() if key.endswith("}id")]
    return ids[0] if ids else ""


def _place(target: str) -> str:
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
