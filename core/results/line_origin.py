"""Whose the national line beside a position is, and in whose name its limits and risks may stand.

Only a signature that a trusted audit vouches for makes them the audit's own. The made-up example's
key is public, so its packs vouch for nothing.
"""

from dataclasses import dataclass
from typing import Literal

from core.extract.manifest import Manifest, Outcome

LineState = Literal["issued", "trusted", "fictional", "unvouched", "revoked", "typed", "none"]
_PACKS: dict[str, LineState] = {
    "verified": "trusted",
    "example": "fictional",
    "revoked": "revoked",
}
UNVOUCHED = "a pack that no trusted audit vouches for"
FROM: dict[LineState, str] = {
    "fictional": "a made-up pack (FICTIONAL)",
    "unvouched": UNVOUCHED,
    "revoked": "a pack whose issuer’s certificate is revoked",
}


@dataclass(frozen=True, slots=True)
class LineOrigin:
    """Where the line of one outcome is from; `issuer` is who signed a trusted pack.

    `issued`: the audit's, in its own extract; `typed`: a rate or totals that the surgeon typed;
    `none`: an import without a line.
    """

    state: LineState = "issued"
    issuer: str = ""

    @property
    def is_audits(self) -> bool:
        """Whether the audit's own extract or a pack signed by a trusted audit gives it."""
        return self.state in ("issued", "trusted")

    @property
    def words(self) -> str:
        """A few words to stand beside a position; none where the audit issued it, or no line is."""
        if self.state in ("issued", "none"):
            return ""
        if self.state == "typed":
            return "national line typed by the surgeon"
        giver = FROM.get(self.state) or f"a pack signed by {self.issuer} (trusted)"
        return f"national line from {giver}"

    @property
    def rules(self) -> str:
        """Whose the method is."""
        if self.is_audits:
            return "the audit’s own"
        return "by the pack’s rules" if self.state in FROM else "by the profile’s rules"

    @property
    def recalibrated(self) -> str:
        """Who recalibrated the risks."""
        return {
            "issued": "recalibrated by the audit",
            "trusted": "recalibrated by the audit",
            "fictional": "recalibrated by the pack, which is made up (FICTIONAL)",
            "unvouched": "recalibrated by the pack, which no trusted audit vouches for",
            "revoked": "recalibrated by the pack, whose issuer’s certificate is revoked",
        }.get(self.state, "recalibrated as the profile states")


ISSUED = LineOrigin()


def line_origin(manifest: Manifest, outcome: Outcome) -> LineOrigin:
    """Return whose the line of `outcome` is, by what the manifest of its extract states."""
    source = manifest.source
    if source is None or source.kind == "benchmark":
        return ISSUED
    if outcome.national is not None or outcome.line_from is not None:
        pack = source.benchmark
        state = _PACKS.get(pack.state, "unvouched") if pack is not None else "unvouched"
        return LineOrigin(state, (pack.issuer or "") if pack is not None else "")
    typed = outcome.published is not None or outcome.typed is not None
    return LineOrigin("typed" if typed else "none")
