"""Vectors of the zip inside the seal: strange, over its limits or changed."""

import io
import zipfile
import zlib
from collections.abc import Iterator

from vector_base import ANSWERS, MODEL, TABLES, members
from vector_values import Vector, packed, sealed

from core.extract.archive import pack


def archive_vectors() -> Iterator[Vector]:
    """Yield the vectors of the archive and of its parts."""
    yield Vector("not_a_zip", "E201", "a seal with a text in it", sealed(b"Dear colleague"))
    yield Vector("empty_payload", "E201", "a seal with nothing in it", sealed(b""))
    yield Vector("another_zip", "E201", "a zip of something else", _zip({"letter.txt": b"Dear"}))
    yield Vector("no_manifest", "E201", "an extract without its manifest", packed(TABLES))
    cut = pack(members())
    yield Vector("truncated_zip", "E201", "the zip lacks its end", sealed(cut[:-30]))
    at = cut.index(zlib.compress(b"")[:1], 200)
    broken = cut[:at] + bytes([cut[at] ^ 0xFF]) + cut[at + 1 :]
    yield Vector("corrupt_member", "E201", "a member does not unpack", sealed(broken))
    yield from _limits()
    yield from _parts()


def _limits() -> Iterator[Vector]:
    good = members()
    bomb = good | {"national.csv": bytes(4_000_000)}
    yield Vector("bomb", "E202", "a member packed 1,000 to 1", packed(bomb))
    yield Vector("lying_size", "E201", "it unpacks to more than it says", _lying(bomb))
    for name, path in (
        ("traversal", "../cases.csv"),
        ("absolute_path", "/cases.csv"),
        ("backslash_path", "models\\own.toml"),
        ("folder", "models/"),
        ("nested_archive", "more.zip"),
        ("capitals", "CASES.CSV"),
        ("nul_in_name", "cases.csv\0.txt"),
    ):
        yield Vector(name, "E202", f"a member named {path!r}", _zip(good | {path: b"x"}))
    twice = [*good.items(), ("cases.csv", b"case_id\r\n")]
    yield Vector("duplicate_member", "E202", "two members named cases.csv", _zip_of(twice))
    many = good | {f"models/m{number}.toml": b"" for number in range(70)}
    yield Vector("many_members", "E202", "more members than an extract has", _zip(many))
    yield Vector("encrypted_member", "E202", "a member says it is encrypted", _encrypted(good))
    bzip2 = _zip(good, zipfile.ZIP_BZIP2)
    yield Vector("packed_by_bzip2", "E202", "neither stored nor deflated", bzip2)
    yield Vector("stored", "verified", "not compressed", _zip(good, zipfile.ZIP_STORED))


def _parts() -> Iterator[Vector]:
    good = members()
    whole = {**TABLES, "answers.csv": ANSWERS, "models/fictional.toml": MODEL}
    yield Vector("all_parts", "verified", "answers and a model too", packed(members(whole)))
    for name in ("cases.csv", "national.csv"):
        less = {key: data for key, data in good.items() if key != name}
        title = f"missing_{name.removesuffix('.csv')}"
        yield Vector(title, "E203", f"no {name}", packed(less))
    listed = members({**TABLES, "answers.csv": ANSWERS})
    del listed["answers.csv"]
    yield Vector("missing_listed", "E203", "a part that the manifest lists", packed(listed))
    unlisted = good | {"answers.csv": ANSWERS}
    yield Vector("unlisted_part", "E206", "a part that nobody signed", packed(unlisted))
    changed = good | {"cases.csv": good["cases.csv"].replace(b"0.25,1", b"0.25,0")}
    yield Vector("hash_mismatch", "E206", "an outcome changed after signing", packed(changed))


def _zip(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    return _zip_of(list(parts.items()), method)


def _zip_of(parts: list[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for number, (name, data) in enumerate(parts):
            entry = zipfile.ZipInfo(f"{number:03}".ljust(len(name), "x"))
            entry.compress_type = method
            archive.writestr(entry, data)
    whole = written.getvalue()
    for number, (name, _) in enumerate(parts):
        stood = f"{number:03}".ljust(len(name), "x").encode()
        whole = whole.replace(stood, name.encode())
    return sealed(whole)


def _encrypted(parts: dict[str, bytes]) -> bytes:
    archive = bytearray(pack(parts))
    archive[archive.index(b"PK\x01\x02") + 8] |= 1
    return sealed(bytes(archive))


def _lying(parts: dict[str, bytes]) -> bytes:
    told = len(parts["national.csv"]).to_bytes(4, "little")
    return sealed(pack(parts).replace(told, (900).to_bytes(4, "little")))
