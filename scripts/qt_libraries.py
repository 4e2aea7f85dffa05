"""Install the system libraries Qt needs on Debian where that is allowed, else print the line."""

import ctypes
import os
import shutil
import subprocess
import sys

ALWAYS = {
    "libegl1": "libEGL.so.1",
    "libgl1": "libGL.so.1",
    "libxkbcommon0": "libxkbcommon.so.0",
    "libdbus-1-3": "libdbus-1.so.3",
    "libfontconfig1": "libfontconfig.so.1",
    "libglib2.0-0": "libglib-2.0.so.0",
    "libgssapi-krb5-2": "libgssapi_krb5.so.2",
}
WITH_A_SCREEN = {
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-image0": "libxcb-image.so.0",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-randr0": "libxcb-randr.so.0",
    "libxcb-render-util0": "libxcb-render-util.so.0",
    "libxcb-shape0": "libxcb-shape.so.0",
    "libxcb-xkb1": "libxcb-xkb.so.1",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
}
WITH_WAYLAND = {
    "libwayland-client0": "libwayland-client.so.0",
    "libwayland-cursor0": "libwayland-cursor.so.0",
}
FONTS = "fonts-dejavu-core"


def main() -> int:
    """Return 0 when Qt can load, 1 when somebody must install something first."""
    if not sys.platform.startswith("linux"):
        return 0
    missing = [package for package, library in wanted().items() if not loads(library)]
    if not missing:
        return 0
    packages = [*missing, FONTS]
    prefix = permission()
    if prefix is None or not install(prefix, packages):
        line = f"sudo apt-get update && sudo apt-get install --yes {' '.join(packages)}"
        print(f"Qt needs system libraries. Run this line, then make again:\n\n  {line}\n")
        return 1
    return 0


def wanted() -> dict[str, str]:
    """Return the library each package must bring, for the screens there are or are asked for."""
    libraries = dict(ALWAYS)
    if os.environ.get("DISPLAY") or "--screen" in sys.argv:
        libraries |= WITH_A_SCREEN
    if os.environ.get("WAYLAND_DISPLAY"):
        libraries |= WITH_WAYLAND
    return libraries


def loads(library: str) -> bool:
    """Say whether the system finds the shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def permission() -> list[str] | None:
    """Return what to put before apt-get, or None where it may not be run without asking."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    return [sudo, "-n"] if sudo and succeeds([sudo, "-n", "true"]) else None


def install(prefix: list[str], packages: list[str]) -> bool:
    """Install the packages, refreshing apt's lists when it does not know them."""
    print(f"Installing Qt's system libraries: {' '.join(packages)}", flush=True)
    apt = [*prefix, "apt-get", "--quiet=2", "--yes"]
    attempt = [*apt, "install", "--no-install-recommends", *packages]
    return succeeds(attempt) or (succeeds([*apt, "update"]) and succeeds(attempt))


def succeeds(command: list[str]) -> bool:
    """Run the command without a question and say whether it worked."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    done = subprocess.run(command, env=environment, check=False, **quiet)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
