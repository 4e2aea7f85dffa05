"""A benchmark pack of the made-up nation, made as an audit makes one."""

from pathlib import Path

from core.terminal.command import run as plumb


def made_pack(folder: Path) -> Path:
    """Write the pack beside the example that stands in `folder`; return its path."""
    words = [
        "benchmark",
        str(folder / "national_cases.csv"),
        "--audit",
        str(folder / "profile.toml"),
    ]
    words += ["--key", str(folder / "issuer.key")]
    words += ["--key-passphrase-file", str(folder / "passphrase.txt")]
    assert plumb([*words, "--out", str(folder / "x.pack")]) == 0
    return folder / "x.pack"
