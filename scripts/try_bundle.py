"""Let a bundle check itself, on Linux without a network and with each socket written down.

`unshare` gives a namespace without a network, `strace` tells the sockets; where one is absent or
not allowed, that is said.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

INET = re.compile(r"socket\((?:AF_INET|AF_PACKET|AF_NETLINK)\w*.*")
NAMESPACES = (["unshare", "--net"], ["unshare", "--map-root-user", "--net"])


def main() -> int:
    """Return 0 where the program that is named passes its own check and asks for no network."""
    program = Path(sys.argv[1]).resolve()
    with TemporaryDirectory() as home:
        trace = Path(home) / "trace"
        done = run([*alone(), *watched(trace), program, "--self-check"], home)
        print(done.stdout.decode(), end="", flush=True)
        sockets = asked(trace)
    for line in sockets:
        print(f"It asked for a network: {line}")
    if done.returncode:
        print(done.stderr.decode(), end="")
    return 1 if done.returncode or sockets else 0


def alone() -> list[str]:
    """Return the words before a command that take the network from it, or none."""
    for words in NAMESPACES:
        if works(words):
            print("The bundle runs in a namespace without a network.")
            return words
    print("No namespace without a network is to be had here.")
    return []


def watched(trace: Path) -> list[str]:
    """Return the words before a command that write down each socket it asks for, or none."""
    words = ["strace", "-f", "-qq", "-e", "trace=socket,connect", "-o", str(trace)]
    if works(words):
        print("Each socket it asks for is written down.")
        return words
    print("Nothing here watches which sockets it asks for.")
    return []


def works(words: list[str]) -> bool:
    """Whether a command can be run behind these words here."""
    if shutil.which(words[0]) is None:
        return False
    return subprocess.run([*words, "true"], capture_output=True, check=False).returncode == 0


def asked(trace: Path) -> list[str]:
    """Return the sockets of a network that were asked for."""
    return INET.findall(trace.read_text(encoding="utf-8")) if trace.is_file() else []


def run(words: list[object], home: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command for a user with an empty home, without a screen."""
    environment = {
        "HOME": home,
        "LANG": "C.UTF-8",
        "PATH": os.environ["PATH"],
        "QT_QPA_PLATFORM": "offscreen",
    }
    kept = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    return subprocess.run(
        list(map(str, words)), env=environment | kept, capture_output=True, check=False
    )


if __name__ == "__main__":
    sys.exit(main())
