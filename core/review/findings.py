"""What is told of a vault or a journal when it is opened: a kind and its words."""

from dataclasses import dataclass
from enum import StrEnum


class FindingKind(StrEnum):
    """What was found."""

    DAMAGED = "damaged"
    FEWER = "fewer_than_head"
    OTHER_HEAD = "other_than_head"
    NO_HEAD = "no_head"
    MISSING = "missing_journal"
    FORK = "fork"
    EXTENDED = "extended"
    UNKNOWN = "unknown_records"
    CLOCK = "clock_went_back"
    RECOVERY = "recovery_out_of_date"
    UNREADABLE = "unreadable_extract"
    EARLIER_KEYS = "earlier_keys_left"
    READ_ONLY = "read_only"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding, in words for the surgeon."""

    kind: FindingKind
    words: str


def damaged(stretches: int, unanchored: int, set_aside: bool) -> Finding:
    """Tell of bytes in the journal that are no whole record."""
    kept = "set aside in a file of their own" if set_aside else "left where they stand"
    words = f"The journal is damaged in {_places(stretches)}; the unreadable parts are {kept}."
    if unanchored:
        words += (
            f" {_records(unanchored)} after the damage can be read, but cannot be shown to follow"
            " directly on what stood before."
        )
    return Finding(FindingKind.DAMAGED, words)


def fewer(found: int, expected: int) -> Finding:
    """Tell of a journal shorter than its head states."""
    return Finding(
        FindingKind.FEWER,
        f"The journal held {_records(expected)} when it was last closed and now holds {found}."
        " What is missing may stand in an older copy of the vault.",
    )


def other_head() -> Finding:
    """Tell of a journal that is not the one its head was written for."""
    return Finding(
        FindingKind.OTHER_HEAD,
        "The journal is not the one that was last closed here: it may be another copy.",
    )


def no_head() -> Finding:
    """Tell of a head that is absent or unreadable."""
    return Finding(
        FindingKind.NO_HEAD,
        "The journal's head is absent or damaged, so missing records at its end cannot be told.",
    )


def missing() -> Finding:
    """Tell of an absent journal."""
    return Finding(
        FindingKind.MISSING,
        "The journal is absent. Notes, requests and decisions are not shown, and nothing can be"
        " written until the journal is put back or a new one is begun.",
    )


def begun_anew() -> Finding:
    """Tell that a journal was begun in place of one that was absent."""
    return Finding(
        FindingKind.MISSING,
        "The journal was absent, and a new one was begun. What stood in the earlier one is shown"
        " again if it is put back.",
    )


def fork(records: int, common: int) -> Finding:
    """Tell of a second journal that departs from the first."""
    return Finding(
        FindingKind.FORK,
        f"A second journal of {_records(records)} is kept: it is the same for the first {common}"
        " and then differs.",
    )


def extended(records: int) -> Finding:
    """Tell of records taken from a longer copy."""
    return Finding(
        FindingKind.EXTENDED,
        f"A longer copy of the journal was found; {_records(records)} more taken from it.",
    )


def unknown(records: int) -> Finding:
    """Tell of records that another version wrote."""
    return Finding(
        FindingKind.UNKNOWN,
        f"{_records(records)} written by another version of Plumbline are kept but not shown.",
    )


def clock_went_back(times: int) -> Finding:
    """Tell of times that run against the order of the records."""
    return Finding(
        FindingKind.CLOCK,
        f"The computer's clock went back {times} time{'s' if times > 1 else ''}; the records"
        " stand in the order in which they were written.",
    )


def recovery_out_of_date() -> Finding:
    """Tell of a recovery wrapping that is not the one last made."""
    return Finding(
        FindingKind.RECOVERY,
        "The printed recovery secret may not open this vault. Print a new recovery sheet.",
    )


def unreadable_extract(files: int) -> Finding:
    """Tell of kept extracts and links that could not be sealed anew."""
    return Finding(
        FindingKind.UNREADABLE,
        f"{files} kept file{'s' if files > 1 else ''} could not be opened and"
        f" {'were' if files > 1 else 'was'} left as found.",
    )


def earlier_keys_left() -> Finding:
    """Tell of a rotation of keys whose last step waits for the drive."""
    return Finding(
        FindingKind.EARLIER_KEYS,
        "The keys were made anew, but the earlier ones were not removed: the drive has not"
        " confirmed that it holds the new ones. This is tried again each time the vault is"
        " unlocked.",
    )


def read_only() -> Finding:
    """Tell of a vault whose lock is held elsewhere."""
    return Finding(
        FindingKind.READ_ONLY,
        "The vault is open for reading only: it is open in another window, or its folder cannot"
        " be written to.",
    )


def _records(count: int) -> str:
    return f"{count:,} record{'' if count == 1 else 's'}"


def _places(count: int) -> str:
    return f"{count:,} place{'' if count == 1 else 's'}"
