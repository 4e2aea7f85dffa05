"""LibreOffice run with a macro of our own, in a profile of its own: it seals and reopens workbooks.

Source of the encryption's names: LibreOffice, oox/source/crypto/DocumentEncryption.cxx.
"""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.core.foreign_files import PASSWORD, by_libreoffice, client, run

_TYPE = '<!DOCTYPE {0}:{1} PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "{2}.dtd">'
_LIBRARIES = (
    '<library:libraries xmlns:library="http://openoffice.org/2000/library"'
    ' xmlns:xlink="http://www.w3.org/1999/xlink"><library:library library:name="Standard"'
    ' xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple" library:link="false"/>'
    "</library:libraries>"
)
_LIBRARY = (
    '<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"'
    ' library:readonly="false" library:passwordprotected="false"><library:element'
    ' library:name="Module1"/></library:library>'
)
_MACRO = """
Sub Turn
 Dim opening(1) As New com.sun.star.beans.PropertyValue
 opening(0).Name = "Hidden"
 opening(0).Value = True
 opening(1).Name = "Password"
 opening(1).Value = "{password}"
 document = StarDesktop.loadComponentFromURL("{source}", "_blank", 0, opening())
 Dim sealing(1) As New com.sun.star.beans.NamedValue
 sealing(0).Name = "OOXPassword"
 sealing(0).Value = "{password}"
 sealing(1).Name = "CryptoType"
 sealing(1).Value = "Standard"
 Dim saving({last}) As New com.sun.star.beans.PropertyValue
 saving(0).Name = "FilterName"
 saving(0).Value = "{filter}"
 {sealed}saving(1).Name = "EncryptionData"
 {sealed}saving(1).Value = sealing()
 document.storeToURL("{target}", saving())
 document.close(True)
End Sub
"""


@cache
def sealed_by_libreoffice(data: bytes) -> bytes:
    """Return the workbook as LibreOffice saves it under PASSWORD (standard encryption)."""
    return _turned(data, "sealed.xlsx", "Calc MS Excel 2007 XML", sealed=True)


def opened_by_libreoffice(data: bytes) -> str:
    """Return the first sheet as CSV of a workbook that LibreOffice opens with PASSWORD."""
    return _turned(data, "opened.csv", "Text - txt - csv (StarCalc)", sealed=False).decode()


def _turned(data: bytes, target: str, kind: str, *, sealed: bool) -> bytes:
    with TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "source.xlsx"
        source.write_bytes(data)
        profile = _ready_profile(folder)
        macro = _MACRO.format(
            password=PASSWORD,
            source=source.as_uri(),
            target=(folder / target).as_uri(),
            filter=kind,
            sealed="" if sealed else "'",
            last=int(sealed),
        )
        _write_library(profile / "user" / "basic", macro)
        office = f"-env:UserInstallation={profile.as_uri()}"
        run(client("soffice"), office, "--headless", "macro:///Standard.Module1.Turn", cwd=folder)
        return (folder / target).read_bytes()


def _ready_profile(folder: Path) -> Path:
    """Return a profile that has run once: a new one runs no macro."""
    by_libreoffice(folder, "a\n", "xlsx")
    return folder / "profile"


def _write_library(basic: Path, macro: str) -> None:
    module = (
        '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1"'
        f' script:language="StarBasic">{macro}</script:module>'
    )
    (basic / "Standard").mkdir(parents=True, exist_ok=True)
    for name, kind, root, text in (
        ("script.xlc", "library", "libraries", _LIBRARIES),
        ("Standard/script.xlb", "library", "library", _LIBRARY),
        ("Standard/Module1.xba", "script", "module", module),
    ):
        head = f'<?xml version="1.0" encoding="UTF-8"?>\n{_TYPE.format(kind, root, root)}\n'
        (basic / name).write_text(head + text, encoding="utf-8")
