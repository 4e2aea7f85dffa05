"""The printed document: tags, fonts, attachment, bytes, and what other people's readers find."""

import re
import shutil
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from core.errors import DocumentTooLargeError
from core.report import evidence as evidence_file
from core.report.evidence import evidence_bytes
from core.report.pages import pdf as printing
from core.report.pages.appraisal import appraisal
from core.report.pages.content_end import LAST_WORDS
from core.report.pages.document import Facts, Grid, Paragraph, Picture, Points, Section
from core.report.pages.pdf import pdf_bytes, printable
from tests.core.made_review import CHOICES, QUICK, document, note, pdf, review, state

SPACES = re.compile(r"\s+")


@pytest.fixture(scope="module")
def printed(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("appraisal") / "appraisal.pdf"
    path.write_bytes(pdf())
    return path


def client(name: str) -> str:
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.exists() else shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def answer(*words: str | Path) -> str:
    done = subprocess.run(
        [client(str(words[0])), *words[1:]], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def letters(text: str) -> str:
    """Return the text without its spaces: a line may break anywhere."""
    return SPACES.sub("", text).replace("\u202f", "")


def text_of(path: Path) -> str:
    return answer("pdftotext", "-raw", path, "-")


def page(*blocks, heading: str = "Heading") -> bytes:
    made = replace(document()[0], sections=(Section(heading, blocks),))
    return pdf_bytes(made)


def tags(data: bytes) -> list[pikepdf.Dictionary]:
    """Return every structure element."""
    with pikepdf.open(BytesIO(data)) as opened:
        return [
            one
            for one in map(dict, (o for o in opened.objects if isinstance(o, pikepdf.Dictionary)))
            if one.get("/Type") == "/StructElem"
        ]


def test_it_declares_what_it_is():
    with pikepdf.open(BytesIO(pdf())) as opened:
        metadata = opened.open_metadata()
        assert metadata["pdfaid:part"] == "3"
        assert metadata["pdfaid:conformance"] == "A"
        assert metadata["pdfuaid:part"] == "1"
        assert str(opened.Root.Lang) == "en-GB"
        assert bool(opened.Root.MarkInfo.Marked)
        assert bool(opened.Root.ViewerPreferences.DisplayDocTitle)
        assert document()[0].title in str(opened.docinfo["/Title"])
        sizes = {tuple(round(float(side)) for side in page.mediabox) for page in opened.pages}
        assert sizes == {(0, 0, 595, 842)}


def test_every_picture_has_its_text_alternative():
    figures = [str(one["/Alt"]) for one in tags(pdf()) if one["/S"] == "/Figure"]
    wanted = [
        block.alternative
        for section in document()[0].sections
        for block in section.blocks
        if isinstance(block, Picture)
    ]
    assert len(wanted) >= 8
    assert sorted(figures) == sorted(wanted)


def test_headings_and_tables_are_tagged():
    kinds = [str(one["/S"]) for one in tags(pdf())]
    sections = [section for section in document()[0].sections if section.heading]
    assert kinds.count("/H1") == sum(section.level == 1 for section in sections)
    assert kinds.count("/H2") == sum(section.level == 2 for section in sections)
    grids = [b for s in sections for b in s.blocks if isinstance(b, Grid)]
    assert kinds.count("/Table") == len(grids)
    assert kinds.count("/TH") == sum(len(grid.headings) for grid in grids)


def test_all_fonts_are_inside(printed):
    rows = answer("pdffonts", printed).splitlines()[2:]
    assert len(rows) >= 3
    assert any("AtkinsonHyperlegible" in row for row in rows)
    for row in rows:
        assert row.split()[-5:-2] == ["yes", "yes", "yes"]


def test_the_evidence_is_inside_under_its_one_name():
    with pikepdf.open(BytesIO(pdf())) as opened:
        assert list(opened.attachments) == [evidence_file.NAME]
        spec = opened.attachments[evidence_file.NAME]
        assert spec.get_file().read_bytes() == evidence_bytes(document()[1])
        assert spec.get_file().mime_type == "application/json"
        assert str(spec.obj.AFRelationship) == "/Data"
        assert spec.description
        assert len(opened.Root.AF) == 1


def test_equal_input_gives_equal_bytes_and_another_time_does_not():
    made, evidence = appraisal(review(), state(), CHOICES)
    assert pdf_bytes(made, evidence_bytes(evidence)) == pdf()
    later = replace(made, made_at=made.made_at.replace(hour=11))
    assert pdf_bytes(later, evidence_bytes(evidence)) != pdf()


def test_it_is_small():
    assert len(pdf()) < 2 * 1024 * 1024


def test_every_figure_of_the_evidence_is_on_the_pages(printed):
    text = letters(text_of(printed))
    shown = [
        figure.shown
        for part in document()[1].extracts[0].outcomes
        for figure in part.figures
        if figure.shown is not None
    ]
    assert len(shown) > 50
    assert [words for words in shown if letters(words) not in text] == []


def test_what_stands_on_every_page(printed):
    pages = [letters(text) for text in text_of(printed).split("\f") if text.strip()]
    manifest = review().extract.manifest
    for number, text in enumerate(pages, start=1):
        assert "FICTIONAL" in text
        assert letters(f"Page {number} of {len(pages)}") in text
        assert letters(f"GMC {manifest.surgeon.gmc} · {manifest.audit.name}") in text
    assert letters(LAST_WORDS) in pages[-1]


def test_no_case_id_is_in_the_text(printed):
    text = text_of(printed)
    cases = review().extract.cases["case_id"]
    assert not [case for case in cases if re.search(rf"\b{re.escape(case)}\b", text)]


def test_other_peoples_checkers_find_nothing(printed):
    answer("qpdf", "--check", printed)
    answer("mutool", "info", printed)
    assert "yes" in next(
        line for line in answer("pdfinfo", printed).splitlines() if line.startswith("Tagged")
    )
    assert "\n  Table (block)" in answer("pdfinfo", "-struct", printed)


def test_outloud_finds_no_error(printed):
    answer("outloud", printed)


HOSTILE = {
    "markup": '#set page(width: 1pt) = Head *bold* _it_ `raw` $x^2$ @ref <label> // \\ #import "x"',
    "a long word": "a" * 500,
    "right to left": "שלום עולם, أهلا وسهلا",
    "other scripts": "日本語 한국어 हिन्दी Ελληνικά Кириллица",
    "signs": "🫀 ✂ ½ ™ ﷽ \u200b \u00ad \u2028",
    "typesetting": '---  ... ~ -- \'"\' #sys.inputs #read("/etc/passwd")',
    "marks": "Z̷̢͓a̶͇l̵g̸o",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_are_printed_and_do_nothing(name, tmp_path):
    words = HOSTILE[name]
    grid = Grid(words[:200], ("One", "Two"), ((words, "1"),), (1,))
    blocks = (Paragraph(words), Paragraph(words, "attention"), Points((words,)), grid)
    path = tmp_path / "hostile.pdf"
    path.write_bytes(page(*blocks, Facts(((words[:60], words),)), heading=words[:80]))
    if name in ("markup", "a long word", "typesetting"):
        assert letters(text_of(path)).count(letters(words)) >= 3


@pytest.mark.parametrize("code", [*range(0x20), 0x7F, 0x85, 0x202E, 0x2066, 0xD800, 0xFFFE])
def test_signs_that_cannot_be_printed_become_visible(code):
    shown = printable(f"a{chr(code)}b")
    assert shown in ("a\ufffdb", "a\nb", "a    b")
    page(Paragraph(f"a{chr(code)}b"))


def test_a_long_word_stays_within_its_margins(tmp_path):
    path = tmp_path / "long.pdf"
    path.write_bytes(page(Paragraph("a" * 3000), Facts((("b" * 200, "c" * 500),))))
    boxes = re.findall(r'xMax="([\d.]+)"', answer("pdftotext", "-bbox", path, "-"))
    assert boxes
    assert max(map(float, boxes)) <= 595 - 60


def test_ten_thousand_words_are_printed_whole(tmp_path):
    words = " ".join(f"word{number}" for number in range(10_000))
    made, evidence = appraisal(review(), state(note(words)), QUICK)
    path = tmp_path / "long.pdf"
    path.write_bytes(pdf_bytes(made, evidence_bytes(evidence)))
    text = text_of(path)
    assert all(f"word{number}" in text for number in (0, 5000, 9999))


def test_a_document_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(printing, "LARGEST", 100)
    with pytest.raises(DocumentTooLargeError, match="MB") as refused:
        page(Paragraph("words"))
    assert refused.value.hint


def test_a_table_over_pages_repeats_its_headings(tmp_path):
    rows = tuple((f"row {number}", str(number)) for number in range(200))
    path = tmp_path / "table.pdf"
    path.write_bytes(page(Grid("Many", ("Heading of rows", "Number"), rows, (1,))))
    pages = [text for text in text_of(path).split("\f") if text.strip()]
    assert len(pages) > 3
    assert all("Heading of rows" in text for text in pages)
