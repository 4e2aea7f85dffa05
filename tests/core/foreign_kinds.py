"""One file of every kind that audits send, each with the same FICTIONAL cases in it."""

import io
from collections.abc import Callable
from pathlib import Path

from msoffcrypto.format.ooxml import OOXMLFile

from core.sealing import age
from tests.core.foreign_files import (
    PASSWORD,
    archived,
    by_libreoffice,
    csv_text,
    plain_workbook,
    zip_crypto,
    zipped,
)
from tests.core.libreoffice import sealed_by_libreoffice

Make = Callable[[Path], bytes]
CSV = csv_text().encode()
AES = (f"-p{PASSWORD}", "-mem=AES256")


def agile(plain: bytes, password: str = PASSWORD) -> bytes:
    held = io.BytesIO()
    OOXMLFile(io.BytesIO(plain)).encrypt(password, held)
    return held.getvalue()


STRONG: dict[str, Make] = {
    "agile workbook": lambda folder: agile(plain_workbook()),
    "standard workbook": lambda folder: sealed_by_libreoffice(plain_workbook()),
    "AES zip of a CSV": lambda folder: zipped(folder, "cases.csv", CSV, *AES),
    "AES-128 zip of a workbook": lambda folder: zipped(
        folder, "cases.xlsx", plain_workbook(), f"-p{PASSWORD}", "-mem=AES128"
    ),
    "7z": lambda folder: archived(folder, "a.7z", "cases.csv", CSV, f"-p{PASSWORD}"),
    "7z, names encrypted": lambda folder: archived(
        folder, "a.7z", "cases.csv", CSV, f"-p{PASSWORD}", "-mhe=on"
    ),
    "encrypted workbook in an AES zip": lambda folder: zipped(
        folder, "cases.xlsx", agile(plain_workbook()), *AES
    ),
    "AES zip in a 7z": lambda folder: archived(
        folder, "b.7z", "inner.zip", zipped(folder, "cases.csv", CSV, *AES), f"-p{PASSWORD}"
    ),
    "age, with a password": lambda folder: age.encrypt(
        CSV, [age.Passphrase(PASSWORD)], work_factor=10
    ),
}
WEAK: dict[str, Make] = {
    "ZipCrypto": lambda folder: zip_crypto(folder, "cases.csv", CSV),
    "ZipCrypto by 7-Zip": lambda folder: zipped(
        folder, "cases.csv", CSV, f"-p{PASSWORD}", "-mem=ZipCrypto"
    ),
}
OPEN: dict[str, Make] = {
    "CSV": lambda folder: CSV,
    "workbook": lambda folder: plain_workbook(),
    "LibreOffice workbook": lambda folder: by_libreoffice(folder, csv_text(), "xlsx"),
    "zip": lambda folder: zipped(folder, "cases.csv", CSV),
    "7z": lambda folder: archived(folder, "a.7z", "cases.csv", CSV),
}
