"""FICTIONAL files of the kinds that audits send, made the same at every run, with canaries."""

import csv
import io
import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta

import numpy as np

from core.intake.headings import Sheet, sheet_of
from core.intake.reading.opening import open_foreign
from core.intake.table_area import table_area

CANARIES = (b"ZEBEDEE", b"QUILLFEATHER", b"QZ9 9ZZ", b"HOSP77", b"9434765919", b"943 476 5919")
OWN, OTHER = "9999991", "9999992"
NHS_NUMBERS = ("9434765919", "943 476 5919")
URGENCIES = ("1. Elective", "2. Urgent", "3. Emergency", "4. Salvage")
OPERATED, CONSULTANT, URGENCY, STATUS = 60, 61, 62, 150
"""Made-up places, from 1, in the NACSA-like file: the published list gives the first ones alone."""


def nacsa_like(rows: int = 120, seed: int = 1) -> bytes:
    """FICTIONAL: 168 quoted fields without headings, CRLF, `;` in multi-values, dd/mm/yyyy."""
    chance = random.Random(seed)
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in range(rows):
        cells = [""] * 168
        operated = date(2023, 1, 1) + timedelta(days=chance.randrange(900))
        cells[:9] = [
            "FIC01", f"HOSP77{row:04d}", NHS_NUMBERS[row % 2], "ZEBEDEE", "QUILLFEATHER",
            f"{1 + row % 28:02d}/{1 + row % 12:02d}/{1940 + row % 40}",
            ("1. Male", "2. Female")[row % 3 == 0], "1. NHS", "QZ9 9ZZ",
        ]  # fmt: skip
        cells[10] = f"{1 + row % 4}. Class in words"
        cells[14] = ("0. None", "1. Coronary bypass", "1. Coronary bypass; 2. Valve")[row % 3]
        cells[16] = ("0. Not diabetic", "3. Insulin", "9. Unknown")[row % 3]
        cells[24] = ("0. No", "1. Yes")[row % 5 == 0]
        cells[OPERATED - 1] = f"{operated:%d/%m/%Y} 09:30"
        cells[CONSULTANT - 1] = OTHER if row % 4 == 0 else OWN
        cells[URGENCY - 1] = URGENCIES[min(3, chance.randrange(12) // 3)]
        cells[STATUS - 1] = "1. Dead" if chance.random() < 0.1 else "0. Alive"
        writer.writerow(cells)
    return text.getvalue().encode("ascii")


NELA_COLUMNS: tuple[tuple[str, str, Callable[[int, random.Random], str]], ...] = (
    ("1.1", "NHS Number", lambda row, chance: NHS_NUMBERS[row % 2]),
    ("1.3", "Local patient id", lambda row, chance: f"HOSP77{row:04d}"),
    ("1.4", "Date of birth", lambda row, chance: f"{1 + row % 28:02d}/06/{1935 + row % 50}"),
    ("1.5", "Sex", lambda row, chance: ("1. Male", "2. Female")[row % 2]),
    ("1.6", "Forename", lambda row, chance: "QUILLFEATHER"),
    ("1.7", "Surname", lambda row, chance: "ZEBEDEE"),
    ("1.8", "Postcode", lambda row, chance: "QZ9 9ZZ"),
    ("1.9", "Arrived", lambda row, chance: f"{1 + row % 28:02d}/03/2024 22:15"),
    ("", "Date of surgery", lambda row, chance: f"{1 + row % 28:02d}/04/2024"),
    ("", "ASA grade", lambda row, chance: f"{1 + chance.randrange(5)}. Grade in words"),
    ("", "Albumin", lambda row, chance: str(20 + chance.randrange(25))),
    ("", "Pulse", lambda row, chance: f"{60 + chance.randrange(80)} beats/min"),
    ("", "Systolic BP", lambda row, chance: str(80 + chance.randrange(90))),
    ("", "Urea", lambda row, chance: f"{3 + chance.random() * 20:.1f}"),
    ("", "WBC", lambda row, chance: f"{4 + chance.random() * 15:.1f}"),
    ("", "GCS", lambda row, chance: str(13 + chance.randrange(3))),
    ("", "Malignancy", lambda row, chance: ("None", "Primary only")[row % 2]),
    ("", "Respiratory history", lambda row, chance: "No dyspnoea"),
    ("", "Surgical urgency", lambda row, chance: ("2 to 6 hours", "Less than 2 hours")[row % 2]),
    ("", "Indication", lambda row, chance: ("Sepsis", "Bleeding", "Ischaemia")[row % 3]),
    ("", "Peritoneal soiling", lambda row, chance: ("None", "Serous fluid")[row % 2]),
    ("", "Death within 30 days", lambda row, chance: "Yes" if chance.random() < 0.15 else "No"),
)


def nela_like(rows: int = 150, seed: int = 2) -> bytes:
    """FICTIONAL: a row of question numbers above a row of names, most without a number."""
    chance = random.Random(seed)
    made = [[make(row, chance) for _, _, make in NELA_COLUMNS] for row in range(rows)]
    head = [[number for number, _, _ in NELA_COLUMNS], [name for _, name, _ in NELA_COLUMNS]]
    return as_csv([*head, *made])


def nvr_rows(rows: int = 200, seed: int = 3) -> list[list[str]]:
    """FICTIONAL: names, numbers and postcodes beside the records; risks as `0.9%`, gaps `N/A`."""
    chance = random.Random(seed)
    made = [
        ["Case ID", "NHS Number", "Surname", "Forename", "DOB", "Postcode", "Hospital number",
         "Consultant GMC", "Date of procedure", "Procedure", "Procedure type", "Mode of operation",
         "ASA grade", "Sex", "Aneurysm diameter", "Died in hospital", "risk_aaa_death", "Comments"]
    ]  # fmt: skip
    for row in range(rows):
        operated = date(2022, 4, 1) + timedelta(days=chance.randrange(1000))
        kind = ("aaa_open", "aaa_evar", "carotid")[row % 3]
        made.append([
            f"N{row:05d}", NHS_NUMBERS[row % 2], "ZEBEDEE", "QUILLFEATHER",
            f"{1 + row % 28:02d}/07/{1935 + row % 30}", "QZ9 9ZZ", f"HOSP77{row:04d}",
            OTHER if row % 5 == 0 else OWN, f"{operated:%d/%m/%Y}",
            "Repair for Mr Zebedee" if row == 7 else "Repair (FICTIONAL)", kind,
            ("Elective", "Urgent")[row % 10 == 9], str(1 + row % 4), ("M", "F", "Unknown")[row % 3],
            f"{5 + chance.random() * 3:.1f} cm",
            ("No", "Yes", "N/A")[(row % 17 == 0) + (row == 34)],
            f"{0.5 + chance.random() * 5:.1f}%", "ZEBEDEE was here",
        ])  # fmt: skip
    return made


def as_csv(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8")


def opened(data: bytes, name: str = "made-up.csv") -> Sheet:
    """The sheet of the one table in `data`."""
    table = open_foreign(data, name, accept_weak=True).tables[0]
    return sheet_of(table.rows, table_area(table.rows))


def shuffled(rows: Sequence[Sequence[str]], order: Sequence[int]) -> list[list[str]]:
    return [[row[place] for place in order] for row in rows]


def grid(rows: Sequence[Sequence[object]]) -> Sheet:
    cells = np.array(rows, dtype=object)
    return sheet_of(cells, table_area(cells))
