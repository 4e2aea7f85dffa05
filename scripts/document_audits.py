"""Print docs/audits.md: every shipped audit profile, from its file."""

from core.audits.document import audits_page
from core.audits.library import load_profile, profile_names

if __name__ == "__main__":
    print(audits_page({name: load_profile(name) for name in profile_names()}), end="")
