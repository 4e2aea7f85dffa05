"""How long a large encrypted workbook takes to open, and the most memory that takes."""

import io
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl.utils import get_column_letter
from timing import Row, median_seconds

from core.intake.reading.opening import open_foreign
from core.intake.table_area import table_area

ROWS, COLUMNS = 50_000, 60
PASSWORD = "FICTIONAL password"
ROOT = Path(__file__).resolve().parents[2]
TEXTS = ("1. Male", "2. Female", "Yes", "No", "Unknown", "FICTIONAL Hospital")
BOOK = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
ALONE = """
import re, sys
from pathlib import Path
from core.intake.reading.opening import open_foreign
foreign = open_foreign(Path(sys.argv[1]).read_bytes(), "cases.xlsx", [sys.argv[2]])
held = re.search(r"VmHWM:\\s+([0-9]+) kB", Path("/proc/self/status").read_text())
print(int(held[1]) // 1024)
"""


def rows() -> Iterator[Row]:
    sealed = encrypted(workbook())
    opening = partial(open_foreign, sealed, "cases.xlsx", [PASSWORD])
    seconds = median_seconds(opening, patience=4.0)
    name = f"open an encrypted workbook of {ROWS:,} × {COLUMNS}"
    yield Row(name, seconds, f"aim: 5,000 ms; {peak(sealed)}")
    (table,) = opening().tables
    yield Row("find its header and records", median_seconds(partial(table_area, table.rows)), "")


def peak(sealed: bytes) -> str:
    """Say the most memory that a process opening the file alone comes to hold."""
    if sys.platform != "linux":
        return "memory not measured here"
    with TemporaryDirectory() as folder:
        path = Path(folder) / "cases.xlsx"
        path.write_bytes(sealed)
        command = [sys.executable, "-c", ALONE, str(path), PASSWORD]
        done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return f"at most {done.stdout.strip()} MB held, aim: 500 MB"


def encrypted(plain: bytes) -> bytes:
    held = io.BytesIO()
    OOXMLFile(io.BytesIO(plain)).encrypt(PASSWORD, held)
    return held.getvalue()


def workbook() -> bytes:
    """Return a workbook with shared texts, as spreadsheet programs write them."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as zipped:
        for name, text in parts().items():
            zipped.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{text}')
    return held.getvalue()


def parts() -> dict[str, str]:
    texts = (*TEXTS, *(f"Field {place}" for place in range(COLUMNS)))
    items = "".join(f"<si><t>{text}</t></si>" for text in texts)
    relation = f'<Relationship Id="rId{{}}" Type="{OFFICE}/{{}}" Target="{{}}"/>'
    relations = f'<Relationships xmlns="{PACKAGE}/relationships">{{}}</Relationships>'
    override = f'<Override PartName="/xl/{{}}.xml" ContentType="{KIND}.{{}}+xml"/>'
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        + '<Default Extension="rels" ContentType="'
        + 'application/vnd.openxmlformats-package.relationships+xml"/>'
        + override.format("workbook", "sheet.main")
        + override.format("worksheets/sheet1", "worksheet")
        + override.format("sharedStrings", "sharedStrings")
        + "</Types>",
        "_rels/.rels": relations.format(relation.format(1, "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{BOOK}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="Cases" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations.format(
            relation.format(1, "worksheet", "worksheets/sheet1.xml")
            + relation.format(2, "sharedStrings", "sharedStrings.xml")
        ),
        "xl/sharedStrings.xml": f'<sst xmlns="{BOOK}">{items}</sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{BOOK}"><sheetData>{sheet_rows()}'
        "</sheetData></worksheet>",
    }


def sheet_rows() -> str:
    """Twenty columns of texts, twenty of whole numbers and twenty of decimals, below a header."""
    letters = [get_column_letter(place + 1) for place in range(COLUMNS)]
    chance = np.random.default_rng(7)
    third = COLUMNS // 3
    coded = chance.integers(0, len(TEXTS), (ROWS, third)).tolist()
    whole = chance.integers(0, 100, (ROWS, third)).tolist()
    decimal = chance.random((ROWS, third)).round(4).tolist()
    lines = [[f' t="s"><v>{len(TEXTS) + place}' for place in range(COLUMNS)]]
    for row in range(ROWS):
        numbers = (*whole[row], *decimal[row])
        lines.append([f' t="s"><v>{text}' for text in coded[row]] + [f"><v>{n}" for n in numbers])
    return "".join(
        f'<row r="{row}">'
        + "".join(f'<c r="{a}{row}"{cell}</v></c>' for a, cell in zip(letters, line, strict=True))
        + "</row>"
        for row, line in enumerate(lines, start=1)
    )


if __name__ == "__main__":
    for each in rows():
        print(each)
