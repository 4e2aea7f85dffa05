"""Install a bundle for one user on Linux: the folder, a command, the menu entry, `.age` files."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PARTS = ROOT / "packaging" / "linux"
ICONS = ROOT / "build" / "icons"
SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
BINARY = "plumbline"


def main() -> None:
    """Install dist/plumbline below ~/.local, or below the folder that is named."""
    home = Path(sys.argv[1]) if len(sys.argv) > 1 else Path.home() / ".local"
    install(ROOT / "dist" / "plumbline", home)
    tell_desktop(home / "share")
    print(f"Plumbline is installed below {home}; it is in the menu and opens .age files.")


def install(bundle: Path, home: Path) -> None:
    """Copy the bundle to lib/plumbline in place of an older one, and what names it to share/."""
    place, share = home / "lib" / "plumbline", home / "share"
    new = place.with_name("plumbline.new")
    shutil.rmtree(new, ignore_errors=True)
    shutil.copytree(bundle, new, symlinks=True)
    shutil.rmtree(place, ignore_errors=True)
    new.rename(place)
    command = home / "bin" / BINARY
    command.parent.mkdir(parents=True, exist_ok=True)
    command.unlink(missing_ok=True)
    command.symlink_to(place / BINARY)
    put(share / "applications" / "plumbline.desktop", entry(place / BINARY))
    put(share / "mime/packages/plumbline.xml", (PARTS / "plumbline.xml").read_bytes())
    name = "org.plumbline.Plumbline.metainfo.xml"
    put(share / "metainfo" / name, (PARTS / name).read_bytes())
    for size in SIZES:
        picture = (ICONS / f"plumbline-{size}.png").read_bytes()
        put(share / f"icons/hicolor/{size}x{size}/apps/plumbline.png", picture)


def entry(program: Path) -> bytes:
    """Return the menu entry, with the program's full path: not every desktop knows ~/.local."""
    text = (PARTS / "plumbline.desktop").read_text(encoding="utf-8")
    quoted = '"' + "".join(f"\\{sign}" if sign in '"`$\\' else sign for sign in str(program)) + '"'
    whole = text.replace("Exec=plumbline ", f"Exec={quoted.replace('%', '%%')} ")
    return whole.replace("TryExec=plumbline", f"TryExec={program}").encode()


def put(path: Path, data: bytes) -> None:
    """Write a file and the folders it stands in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def tell_desktop(share: Path) -> None:
    """Let the desktop read the entry and the type anew, where it has the means."""
    environment = {**os.environ, "XDG_DATA_HOME": str(share)}
    for words in (
        ["update-mime-database", share / "mime"],
        ["update-desktop-database", share / "applications"],
        ["gtk-update-icon-cache", "--quiet", "--ignore-theme-index", share / "icons" / "hicolor"],
        ["xdg-mime", "default", "plumbline.desktop", "application/x-age-encryption"],
    ):
        if shutil.which(words[0]):
            subprocess.run(words, env=environment, check=False, capture_output=True)


if __name__ == "__main__":
    main()
