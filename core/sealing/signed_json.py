"""A JSON object with a signature among its keys: the signed bytes are all the rest, canonical."""

import base64
import json
from collections.abc import Mapping
from typing import Any

_SIGNATURE = "signature"


def canonical(fields: Mapping[str, object]) -> bytes:
    """Return the one way to write `fields`: keys sorted, no spaces, ASCII."""
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def with_signature(fields: Mapping[str, object], signature: bytes) -> dict[str, object]:
    """Return `fields` with their signature in base64."""
    return {**fields, _SIGNATURE: base64.b64encode(signature).decode()}


def split_signature(signed: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Return the fields and the signature; KeyError, TypeError or ValueError without one."""
    signature = base64.b64decode(signed[_SIGNATURE], validate=True)
    return {name: value for name, value in signed.items() if name != _SIGNATURE}, signature


def write_object(fields: Mapping[str, object]) -> bytes:
    """Return the bytes of a JSON file that a person can read."""
    return (json.dumps(fields, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode()


def read_object(data: bytes) -> dict[str, Any]:
    """Return the JSON object in `data`; ValueError where there is none to write back."""
    try:
        fields = json.loads(data.decode("utf-8"))
        write_object(fields)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(fields, dict):
        raise ValueError("not a JSON object")
    return fields
