"""An openpyxl workbook to bytes: in memory alone, and the same bytes for the same workbook."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

from core.report.workbooks.cells import fitting

LANGUAGE = "en-GB"
FIRST_DATE = (1980, 1, 1, 0, 0, 0)
_UNIX = 3


def new_book(title: str, author: str, made_at: datetime) -> Workbook:
    """Return a workbook without sheets, with its title, author, language and time."""
    book = Workbook()
    book.remove(book.worksheets[0])
    moment = made_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    told = book.properties
    told.title, told.language = fitting(title), LANGUAGE
    told.creator = told.lastModifiedBy = fitting(author)
    told.created = told.modified = moment
    return book


def book_bytes(book: Workbook) -> bytes:
    """Return the XLSX of `book`; nothing of it is put on the disk on the way."""
    whole = BytesIO()
    moment = book.properties.modified or datetime(*FIRST_DATE)
    archive = _DatedArchive(whole, moment)
    _MemoryWriter(book, archive).save()
    return whole.getvalue()


class _DatedArchive(ZipFile):
    """A zip whose members all bear one date."""

    def __init__(self, file: BytesIO, moment: datetime) -> None:
        super().__init__(file, "w", ZIP_DEFLATED)
        self._date = max(moment.timetuple()[:6], FIRST_DATE)

    def writestr(
        self,
        zinfo_or_arcname: Any,
        data: Any,
        compress_type: int | None = ZIP_DEFLATED,
        compresslevel: int | None = None,
    ) -> None:
        """Add a member."""
        member = ZipInfo(zinfo_or_arcname, self._date)
        member.create_system = _UNIX
        member.external_attr = 0o600 << 16
        super().writestr(member, data, compress_type, compresslevel)


class _MemoryWriter(ExcelWriter):
    """openpyxl's writer, but for sheets, which it would put into files of the temporary folder."""

    def __init__(self, book: Workbook, archive: ZipFile) -> None:
        super().__init__(book, archive)
        self._members = archive

    def write_worksheet(self, ws: Any) -> None:
        """Add a sheet, its charts to follow."""
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
        out = BytesIO()
        writer: Any = WorksheetWriter(ws, out)
        writer.write()
        ws._rels = writer._rels
        self._members.writestr(ws.path[1:], out.getvalue())
        self.manifest.append(ws)
