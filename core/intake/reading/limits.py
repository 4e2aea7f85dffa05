"""How large, how many and how deeply nested the parts of a foreign file may be."""

from dataclasses import dataclass

from core.errors import FileLimitError

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes; `ratio` is unpacked to packed size, not asked below `ratio_free` bytes."""

    file: int = 256 * MEGABYTE
    unpacked: int = 512 * MEGABYTE
    members: int = 500
    ratio: int = 200
    ratio_free: int = 16 * MEGABYTE
    rows: int = 500_000
    columns: int = 1_000
    cells: int = 25_600_000
    row: int = 16 * MEGABYTE
    text: int = 1024 * MEGABYTE
    texts: int = 256 * MEGABYTE
    spins: int = 1_000_000
    depth: int = 3

    def check_file(self, size: int) -> None:
        """Refuse a file of more than `file` bytes."""
        if size > self.file:
            raise FileLimitError(f"The file is larger than {self.file // MEGABYTE} MB.")

    def check_members(self, sizes: list[int]) -> None:
        """Refuse more members, or more bytes in them, than are read."""
        if len(sizes) > self.members:
            raise FileLimitError(f"The archive holds more than {self.members} files.")
        if sum(sizes) > self.unpacked:
            most = self.unpacked // MEGABYTE
            raise FileLimitError(f"The archive would unpack to more than {most} MB.")

    def check_ratio(self, packed: int, unpacked: int) -> None:
        """Refuse what unpacks to far more than it is packed in."""
        if unpacked > self.ratio_free and unpacked > self.ratio * packed:
            raise FileLimitError(
                f"A part of the file would unpack to more than {self.ratio} times its size."
            )

    def check_table(self, rows: int, columns: int) -> None:
        """Refuse a table of more rows, columns or cells than are read."""
        if rows > self.rows:
            raise FileLimitError(f"A table reaches below row {self.rows:,}.")
        if columns > self.columns:
            raise FileLimitError(f"A table reaches beyond column {self.columns:,}.")
        if rows * columns > self.cells:
            raise FileLimitError(f"A table covers more than {self.cells:,} cells.")


USUAL = Limits()
