"""The version that Windows shows of the program, as the freezer reads it from a file."""

from pathlib import Path

WORDS = """VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0, OS=0x40004,
                    fileType=1, subtype=0, date=(0, 0)),
  kids=[
    StringFileInfo([StringTable("080904B0", [
      StringStruct("FileDescription", "Plumbline"),
      StringStruct("FileVersion", "{version}"),
      StringStruct("LegalCopyright", "Apache-2.0"),
      StringStruct("OriginalFilename", "plumbline.exe"),
      StringStruct("ProductName", "Plumbline"),
      StringStruct("ProductVersion", "{version}"),
    ])]),
    VarFileInfo([VarStruct("Translation", [0x0809, 0x04B0])]),
  ],
)
"""


def write_version(path: Path, version: str) -> Path:
    """Write the version `1.2.3` to `path` and return it."""
    numbers = tuple(int(part) for part in version.split("."))
    numbers += (0,) * (4 - len(numbers))
    path.write_text(WORDS.format(numbers=numbers, version=version), encoding="utf-8")
    return path
