"""Where an extract comes from that no audit issued, as the manifest's additional key `source`."""

from datetime import date, datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

SourceKind = Literal["import", "summary", "benchmark"]
Digest = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]
Rows = Annotated[int, Meta(ge=0, le=10**9)]


class BenchmarkSource(msgspec.Struct, frozen=True, kw_only=True):
    """The benchmark pack that gave the national line: who signed it, and of which dates it is.

    `added_at` is when it was added to an import made without a line; None where it came with it.
    """

    digest: Digest
    state: str
    issuer: str | None
    start: date
    end: date
    issued_at: Annotated[datetime, Meta(tz=True)]
    added_at: Annotated[datetime, Meta(tz=True)] | None = None


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """Where the figures come from; `digest` is the original file's, so that the audit can tell it.

    `file` and `table` name them, `profile` and `mapping` (its SHA-256) how they were read. `rows`
    are the table's records, of which `unread` could not be read as cases and `others` are other
    surgeons', `unnamed` name none among several, and `outside` lie outside the period; `problems`
    counts cells that could not be read as they stand.
    """

    kind: SourceKind
    profile: str
    file: str | None = None
    table: str | None = None
    digest: Digest | None = None
    protection: str | None = None
    mapping: Digest | None = None
    rows: Rows = 0
    unread: Rows = 0
    others: Rows = 0
    unnamed: Rows = 0
    outside: Rows = 0
    problems: Rows = 0
    remarks: tuple[str, ...] = ()
    benchmark: BenchmarkSource | None = None
