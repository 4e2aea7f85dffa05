"""Vectors of the manifest: its shape, its signature and who signed it."""

from collections.abc import Iterator

from vector_base import ISSUER, REVOKED_ISSUER, TABLES, UNKNOWN_ISSUER, certified, manifest, members
from vector_values import Vector, packed

from core.sealing.example_keys import example_issuer


def manifest_vectors() -> Iterator[Vector]:
    """Yield the vectors of the manifest and its signature."""
    yield from _shapes()
    yield from _signatures()
    yield from _states()


def _shapes() -> Iterator[Vector]:
    later = packed(members(format="plumbline-extract/2", audit=None))
    yield Vector("unknown_format", "E204", "a format of the future", later)
    for name, stated, comment in (
        ("manifest_not_json", b"format = 1", "not JSON"),
        ("manifest_not_utf8", b'{"format": "\xff"}', "not UTF-8"),
        ("manifest_nested", b"[" * 10_000, "nested beyond any need"),
        ("manifest_list", b"[]", "a list, not an object"),
    ):
        yield Vector(name, "E205", comment, packed(certified(stated, ISSUER) | TABLES))
    period = {"start": "2023-03-31", "end": "2022-04-01"}
    other = [{"code": "old", "words": "Old.", "count": 0, "outcomes": ["death"]}]
    events = {"code": "x", "label": "X", "kind": "binary", "definition": "X."}
    events["issued"] = {"cases": 1, "observed": 2, "expected": 0.25}
    twice = [{"name": "age", "label": "Age", "type": "number"}] * 2
    for name, changes, comment in (
        ("manifest_lacks_audit", {"audit": None}, "a key is missing"),
        ("manifest_text_number", {"edition_number": "1"}, "a number written as text"),
        ("manifest_no_time_zone", {"issued_at": "2023-09-01T09:00:00"}, "a time without zone"),
        ("manifest_period", {"period": period}, "the period ends before it starts"),
        ("manifest_field_twice", {"fields": twice}, "two fields of the same name"),
        ("manifest_exclusion", {"exclusions": other}, "a rule of one outcome, coded for all"),
        ("manifest_hidden", {"series": "A\u202eB"}, "a text that turns the reading direction"),
        ("manifest_events", {"outcomes": [events]}, "more events than cases"),
        ("manifest_level", {"level": "ward"}, "a level that does not exist"),
    ):
        yield Vector(name, "E205", comment, packed(members(**changes)))
    rows = manifest(TABLES, {}).replace(b'"rows": 3', b'"rows": 4')
    wrong_rows = packed(certified(rows, ISSUER) | TABLES)
    yield Vector("wrong_rows", "E206", "more rows stated than there are", wrong_rows)


def _signatures() -> Iterator[Vector]:
    good = members()
    signature, certificate = good["manifest.sig"], good["issuer.pem"]
    changed = good["manifest.json"].replace(b'"observed": 1', b'"observed": 0')
    other = UNKNOWN_ISSUER.certificate_pem
    for name, parts, comment in (
        ("bad_signature", {"manifest.sig": bytes(64)}, "64 bytes of nothing"),
        ("short_signature", {"manifest.sig": signature[:63]}, "a byte too few"),
        ("long_signature", {"manifest.sig": signature + b"\n"}, "a byte too many"),
        ("changed_manifest", {"manifest.json": changed}, "a count changed after signing"),
        ("another_certificate", {"issuer.pem": other}, "the certificate of another key"),
        ("bad_certificate", {"issuer.pem": certificate[:200]}, "half a certificate"),
        ("empty_certificate", {"issuer.pem": b""}, "a certificate of no bytes"),
    ):
        yield Vector(name, "E301", comment, packed(good | parts))
    for name, less in (("half_signature", "issuer.pem"), ("half_certificate", "manifest.sig")):
        left = {key: data for key, data in good.items() if key != less}
        yield Vector(name, "E301", f"no {less}", packed(left))


def _states() -> Iterator[Vector]:
    yield Vector("unsigned", "unsigned", "nobody signed it", packed(members(issuer=None)))
    for name, state, issuer, comment in (
        ("unknown_issuer", "unknown_issuer", UNKNOWN_ISSUER, "a root that is not trusted"),
        ("revoked", "revoked", REVOKED_ISSUER, "the issuer was revoked"),
    ):
        yield Vector(name, state, comment, packed(members(issuer=issuer)))
    other = {"code": "FICTIONAL-OTHER", "name": "FICTIONAL", "organisation": "FICTIONAL"}
    comment = "a trusted root, but not for this audit"
    yield Vector("other_audit", "unknown_issuer", comment, packed(members(audit=other)))
    early = members(issued_at="2019-12-31T23:59:59Z")
    yield Vector("too_early", "unknown_issuer", "before the certificate began", packed(early))
    audit = {**other, "code": "EXAMPLE"}
    example = members(issuer=example_issuer(), audit=audit)
    yield Vector("example", "example", "the example's key is public", packed(example))
    mine = members(issuer=example_issuer())
    yield Vector("example_posing", "example", "the example's key, a real audit", packed(mine))
