"""Locks the vault when nobody is there: after idle time, and when the system locks its screen."""

from collections.abc import Callable

from PySide6.QtCore import SLOT, QCoreApplication, QEvent, QObject, QTimer, Signal, Slot

MINUTES = 15
_TOUCHES = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.TabletPress,
}


def lock_when_left(application: QCoreApplication, lock: Callable[[], object]) -> "IdleWatch":
    """Lock after idle time and when the system locks its screen, for as long as it runs."""
    idle = IdleWatch(MINUTES * 60_000, application)
    idle.idle.connect(lock)
    idle.watch(application)
    screen = ScreenLockWatch(application)
    screen.locked.connect(lock)
    screen.watch()
    return idle


class IdleWatch(QObject):
    """Tells `idle` once after that many milliseconds without a key, a click or a move."""

    idle = Signal()

    def __init__(self, milliseconds: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(milliseconds)
        self._timer.timeout.connect(self.idle)

    def watch(self, application: QCoreApplication) -> None:
        """Begin to watch everything that the application is sent."""
        application.installEventFilter(self)
        self._timer.start()

    def wait(self, minutes: int) -> None:
        """Wait so many minutes from now on."""
        self._timer.setInterval(minutes * 60_000)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Begin the wait anew at every touch; the event goes on."""
        if event.type() in _TOUCHES:
            self._timer.start()
        return super().eventFilter(watched, event)


class ScreenLockWatch(QObject):
    """Tells `locked` when a Linux desktop locks its screen, where it says so on D-Bus."""

    locked = Signal()

    def watch(self) -> None:
        """Listen to login1 and to the screen savers; where there is no bus, nothing is told."""
        try:
            from PySide6.QtDBus import QDBusConnection
        except ImportError:
            return
        session, system = QDBusConnection.sessionBus(), QDBusConnection.systemBus()
        saver = "org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver"
        wanted = [(session, name, "ActiveChanged", SLOT("changed(bool)")) for name in saver]
        wanted.append((system, "org.freedesktop.login1.Session", "Lock", SLOT("told()")))
        for bus, name, signal, slot in wanted:
            if bus.isConnected():
                bus.connect("", "", name, signal, self, slot)  # type: ignore[call-overload]

    @Slot()
    def told(self) -> None:
        """The session was locked."""
        self.locked.emit()

    @Slot(bool)
    def changed(self, active: bool) -> None:
        """The screen saver began or ended."""
        if active:
            self.locked.emit()
