"""Print the timings of every bench_*.py beside this file; nothing is asserted."""

import platform
from collections.abc import Iterator
from importlib import import_module
from os import cpu_count
from pathlib import Path

from timing import RUNS, Row, Weight


def main() -> None:
    print(f"Median of {RUNS} runs. Python {platform.python_version()}, {cpu_count()} processors.\n")
    for row in all_rows():
        print(f"{row.figure}  {row.name:<66}  {row.beside}", flush=True)


def all_rows() -> Iterator[Row | Weight]:
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        yield from import_module(path.stem).rows()


if __name__ == "__main__":
    main()
