"""Whether the system asks that nothing moves; where it does not say, it does not ask."""

import sys

from PySide6.QtCore import QSettings

CLIENT_AREA_ANIMATION = 0x1042
PORTAL = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
PORTAL_SETTINGS = "org.freedesktop.portal.Settings"
WAIT = 300


def system_is_still() -> bool:
    """Return whether Windows, macOS or a Linux desktop is set to show no animation."""
    if sys.platform == "win32":
        return _windows_is_still()
    if sys.platform == "darwin":
        wanted = QSettings("apple.com", "universalaccess").value("reduceMotion", 0)
        return str(wanted) in {"1", "true"}
    return _portal_is_still()


def _windows_is_still() -> bool:
    import ctypes

    moving = ctypes.c_int(1)
    user = getattr(ctypes, "windll").user32  # noqa: B009 (absent elsewhere)
    user.SystemParametersInfoW(CLIENT_AREA_ANIMATION, 0, ctypes.byref(moving), 0)
    return not moving.value


def _portal_is_still() -> bool:
    """Ask the desktop's portal, as GNOME and others answer it."""
    try:
        from PySide6.QtDBus import QDBus, QDBusConnection, QDBusMessage
    except ImportError:
        return False
    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        return False
    question = QDBusMessage.createMethodCall(*PORTAL, PORTAL_SETTINGS, "ReadOne")
    question.setArguments(["org.gnome.desktop.interface", "enable-animations"])
    answer = bus.call(question, QDBus.CallMode.Block, WAIT)
    return answer.arguments()[:1] == [False]
