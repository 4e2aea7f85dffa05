"""Headings as British hospitals write them: those that identify, and those that must be read."""

from collections.abc import Iterator

import pandas as pd
import pytest

from core.audits.library import load_profile, profile_names
from core.intake.heading_kinds import kind_of_heading
from core.intake.mapping import choose_surgeon
from core.intake.matching import propose
from core.issuing.imported import make_extract
from tests.core.made_foreign import OWN, as_csv, nvr_rows, opened
from tests.core.made_import import NVR, ORIGIN, TERMS, members, reviewed

KNOWN = {
    "nhs_number": (
        "NHS Number", "NHSNumber", "NHSNo", "NHS No.", "NHS #", "N.H.S. No", "nhs_number", "NHS",
        "patientNHSNumber", "CHI", "CHI No", "CHINumber", "C.H.I. number", "Patient CHI",
        "Community Health Index", "H&C number", "H & C No.", "HCN", "HC_Number", "HSC number",
        "Health and Care Number", "Health & Social Care number",
    ),
    "birth_date": (
        "DOB", "D.O.B.", "D O B", "DoB (dd/mm/yyyy)", "DateOfBirth", "dateofbirth", "Date_Of_Birth",
        "patientdob", "Patient_DOB", "PtDOB", "pt dob", "BirthDate", "Birth date", "Birthday",
        "Born on", "Born", "Date Birth",
    ),
    "postcode": (
        "Postcode", "Post code", "PostCode", "post-code", "Postal code", "FullPostCode", "PCode",
        "Home postcode", "PatientPostcode",
    ),
    "contact": (
        "Address line 1", "HomeAddress", "Tel", "Tel. No.", "TelephoneNumber", "E-mail", "Email",
        "Next of kin", "NOK", "Mobile", "Contact number",
    ),
    "hospital_number": (
        "Hospital number", "HospitalNo", "Hosp No", "Hosp. No.", "HospNum", "Hospital #", "MRN",
        "M.R.N.", "PatientMRN", "Unit number", "Unit No.", "UnitNumber", "CRN", "CRN number",
        "Case note number", "Casenote No", "PAS number", "PAS", "PatientID", "Patient ID", "Pt ID",
        "patientid", "Local patient identifier", "Medical record number", "Patient's hospital no",
    ),
    "name": (
        "Name", "name", "NAME", "Names", "Full name", "FullName", "Pt name", "Pt. Name",
        "PatientName", "patientname", "Patient's name", "Name of patient", "Name (patient)",
        "Surname", "PatientSurname", "Patient_Surname", "ptsurname", "Forename(s)", "ForeName",
        "First name", "FirstName", "LastName", "Given names", "Initials", "Maiden name", "Patient",
    ),
}  # fmt: skip
LET_BE = (
    "Name of procedure", "Procedure name", "ProcedureName", "Name of operation", "Operation name",
    "Hospital name", "HospitalName", "Name of hospital", "Hospital identifier", "Hospital",
    "Provider", "Provider name", "Trust name", "NHS Trust", "NHS hospital", "NHS England region",
    "Unit", "Unit name", "Units transfused", "Unit of measurement", "Number of units", "Surgeon",
    "Surgeon name", "SurgeonName", "Surgeon surname", "Consultant name", "Consultant GMC",
    "Consultant surname", "Anaesthetist name", "Name of consultant", "Device name", "Drug name",
    "Stent name", "Ward name", "Sex", "Age", "Age at operation", "Birth weight", "Age at birth",
    "Date of operation", "DateOfOperation", "Date of procedure", "Date of death", "Case ID",
    "CaseId", "Case number", "Record", "Weight", "Patient weight", "Patient status at discharge",
    "Number of vessels", "Number of patients", "Number of hospitals", "Unit number of beds",
    "Hospital number of beds", "Postoperative stroke", "Post-op complications", "Machine",
    "Chi squared", "Chest drain", "HCO3", "Pasp", "Passed urine", "Initial BMI", "Reborn",
    "Newborn", "Hospital post code", "Comments", "Tumour site", "Telemetry", "Stage", "Q1", "T1",
)  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "kind"), [(heading, kind) for kind, held in KNOWN.items() for heading in held]
)
def test_what_identifies_is_known(heading: str, kind: str) -> None:
    assert kind_of_heading(heading) == kind
    assert kind_of_heading(heading.upper()) is not None
    assert kind_of_heading(f" {heading}* ") == kind


@pytest.mark.parametrize("heading", LET_BE)
def test_what_tells_of_no_patient_is_let_be(heading: str) -> None:
    assert kind_of_heading(heading) is None


def _headings(name: str) -> Iterator[str]:
    """Yield how the columns of an audit are called, but for those it says identify patients."""
    profile = load_profile(name)
    for field in profile.fields:
        if not field.identifying:
            yield from (field.name, field.label, *field.synonyms, field.column or field.name)
    for heading in profile.headings:
        yield from (heading.column, *heading.synonyms)
    for outcome in profile.outcomes:
        yield outcome.label


@pytest.mark.parametrize("name", profile_names())
def test_no_column_that_an_audit_reads_is_taken_for_an_identifier(name: str) -> None:
    for heading in _headings(name):
        written = (heading, heading.replace("_", " "), heading.title().replace("_", ""))
        assert [one for one in written if kind_of_heading(one)] == []


RENAMED = (
    {"DOB": "DateOfBirth", "Surname": "Name"},
    {"DOB": "D.O.B.", "Surname": "Pt name", "Hospital number": "Hosp No", "NHS Number": "CHI"},
    {"DOB": "patientdob", "Surname": "PatientName", "Hospital number": "CRN", "Forename": "Fname"},
)


@pytest.mark.parametrize("names", RENAMED, ids=["camel", "dotted", "joined"])
def test_a_birth_date_and_a_name_in_other_words_leave_the_text(names: dict[str, str]) -> None:
    heading, *records = nvr_rows()
    at = heading.index
    own = [row for row in records if row[at("Consultant GMC")] == OWN]
    own[0][at("Procedure")] = f"EVAR dob {own[0][at('DOB')]}"
    own[1][at("Procedure")] = f"EVAR {own[1][at('Surname')]}"
    own[2][at("Procedure")] = "EVAR 943−476−5919"
    sheet = opened(as_csv([[names.get(one, one) for one in heading], *records]))
    made = make_extract(sheet, choose_surgeon(propose(sheet, NVR), OWN), NVR, ORIGIN, TERMS)
    read = reviewed(made).extract.cases["procedure"].tolist()
    assert [pd.isna(cell) for cell in read[:3]] == [True] * 3
    cases = members(made)["cases.csv"].decode()
    assert "ZEBEDEE" not in cases
    assert own[0][at("DOB")] not in cases
