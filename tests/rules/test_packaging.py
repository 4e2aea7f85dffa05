"""What packages the bundle names the same program, type and version everywhere."""

import configparser
import plistlib
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from scripts.install_linux import entry, install
from scripts.windows_version import write_version

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
TYPE = "application/x-age-encryption"
METAINFO = PACKAGING / "linux" / "org.plumbline.Plumbline.metainfo.xml"
UNTRIED = ("windows/plumbline.iss", "macos/Info.plist", "macos/entitlements.plist")


def read_entry(text: str) -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read_string(text)
    return parser["Desktop Entry"]


def test_a_double_click_on_linux_reaches_the_program() -> None:
    menu = read_entry((PACKAGING / "linux" / "plumbline.desktop").read_text(encoding="utf-8"))
    assert menu["Exec"] == "plumbline %f"
    assert TYPE in menu["MimeType"].split(";")
    types = ElementTree.parse(PACKAGING / "linux" / "plumbline.xml").getroot()
    space = {"m": "http://www.freedesktop.org/standards/shared-mime-info"}
    (kind,) = types.findall("m:mime-type", space)
    assert kind.get("type") == TYPE
    assert [glob.get("pattern") for glob in kind.findall("m:glob", space)] == ["*.age"]
    metainfo = ElementTree.parse(METAINFO).getroot()
    assert metainfo.findtext("launchable") == "plumbline.desktop"
    assert metainfo.findtext("provides/mediatype") == TYPE


def test_the_entry_names_the_program_in_full_whatever_its_folder_is_called() -> None:
    menu = read_entry(entry(Path("/home of/a $user/100%/plumbline")).decode())
    assert menu["Exec"] == '"/home of/a \\$user/100%%/plumbline" %f'


def test_installing_twice_leaves_the_newer(tmp_path: Path) -> None:
    icons = ROOT / "build" / "icons"
    if not icons.is_dir():
        subprocess.run([sys.executable, "-m", "scripts.icons", str(icons)], cwd=ROOT, check=True)
    bundle, home = tmp_path / "bundle", tmp_path / "home"
    bundle.mkdir()
    (bundle / "plumbline").write_text("old")
    (bundle / "gone").write_text("old")
    install(bundle, home)
    (bundle / "plumbline").write_text("new")
    (bundle / "gone").unlink()
    install(bundle, home)
    assert (home / "bin" / "plumbline").read_text() == "new"
    assert not (home / "lib" / "plumbline" / "gone").exists()
    assert (home / "share" / "mime" / "packages" / "plumbline.xml").is_file()
    assert (home / "share/icons/hicolor/256x256/apps/plumbline.png").read_bytes()[1:4] == b"PNG"


def test_macos_opens_the_same_files() -> None:
    information = plistlib.loads((PACKAGING / "macos" / "Info.plist").read_bytes())
    (document,) = information["CFBundleDocumentTypes"]
    (declared,) = information["UTImportedTypeDeclarations"]
    assert document["LSItemContentTypes"] == [declared["UTTypeIdentifier"]]
    assert declared["UTTypeTagSpecification"]["public.filename-extension"] == ["age"]


def test_what_was_never_tried_says_so() -> None:
    texts = [(PACKAGING / name).read_text(encoding="utf-8") for name in UNTRIED]
    texts.append((PACKAGING / "build_bundles.yml").read_text(encoding="utf-8"))
    assert all("UNTESTED" in text for text in texts)


def test_the_version_of_windows_has_four_numbers(tmp_path: Path) -> None:
    text = write_version(tmp_path / "version.txt", "1.2.3").read_text(encoding="utf-8")
    assert "filevers=(1, 2, 3, 0)" in text
    compile(text, "version.txt", "eval")
