"""Draw the icon in the sizes and containers that each system asks for."""

import os
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from core.assets import asset

DRAWING = "icons/plumbline.svg"
SIZES = (16, 24, 32, 48, 64, 128, 256, 512, 1024)
WINDOWS_SIZES = [(size, size) for size in SIZES if size <= 256]


def main() -> None:
    """Draw them into the folder that is named."""
    draw_icons(Path(sys.argv[1]))


def draw_icons(folder: Path) -> dict[str, Path]:
    """Write the icons into `folder`; return the file of each system that freezes one in."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    folder.mkdir(parents=True, exist_ok=True)
    pictures = {size: picture(size) for size in SIZES}
    for size, data in pictures.items():
        (folder / f"plumbline-{size}.png").write_bytes(data)
    largest = Image.open(BytesIO(pictures[SIZES[-1]]))
    files = {"win32": folder / "plumbline.ico", "darwin": folder / "plumbline.icns"}
    largest.save(files["win32"], sizes=WINDOWS_SIZES)
    largest.save(files["darwin"])
    return files


def picture(size: int) -> bytes:
    """Return the drawing as a square PNG of `size` pixels."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(asset(DRAWING))).render(painter)
    painter.end()
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(held, "PNG")
    return held.data().data()


if __name__ == "__main__":
    main()
