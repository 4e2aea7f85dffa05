"""The colours of Plumbline: one palette for widgets and charts, light, dark and on paper."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as #RRGGBB, each named for what it is used for."""

    ink: str
    quiet: str
    page: str
    card: str
    line: str
    rail: str
    rail_text: str
    own: str
    on_own: str
    tint: str
    peer: str
    attention: str
    attention_fill: str
    peer_opacity: float = 0.55


LIGHT = Palette(
    ink="#1B2A33",
    quiet="#51616C",
    page="#F6F5F1",
    card="#FFFFFF",
    line="#DDE2E5",
    rail="#17313B",
    rail_text="#E8EDF0",
    own="#005F73",
    on_own="#FFFFFF",
    tint="#E3EFF0",
    peer="#8797A3",
    attention="#8A4B00",
    attention_fill="#FBF1E0",
)

DARK = Palette(
    ink="#E8EDF0",
    quiet="#A9B6BF",
    page="#10191F",
    card="#182329",
    line="#2B3A43",
    rail="#0B1216",
    rail_text="#E8EDF0",
    own="#6FD0DC",
    on_own="#0B1216",
    tint="#1D3238",
    peer="#6C7C88",
    attention="#F0B35A",
    attention_fill="#33270F",
)

PRINT = Palette(
    ink="#1B2A33",
    quiet="#51616C",
    page="#FFFFFF",
    card="#FFFFFF",
    line="#DDE2E5",
    rail="#17313B",
    rail_text="#E8EDF0",
    own="#005F73",
    on_own="#FFFFFF",
    tint="#EEF5F5",
    peer="#8797A3",
    attention="#8A4B00",
    attention_fill="#FBF1E0",
)
