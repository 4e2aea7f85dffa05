"""What the libraries raise on a hostile or broken file, as one error for the user."""

from collections.abc import Iterator
from contextlib import contextmanager

from core.errors import DamagedFileError, FileLimitError, PlumblineError


@contextmanager
def read_as(otherwise: PlumblineError | None = None) -> Iterator[None]:
    """Raise `otherwise` (the file is damaged) for whatever a reading library stumbles over.

    A PlumblineError passes. A panic of a compiled reader is no Exception, so all but the process's
    own signals are caught.
    """
    try:
        yield
    except (PlumblineError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except MemoryError:
        raise FileLimitError("There is not enough memory to read this file.") from None
    except BaseException:  # noqa: BLE001
        raise otherwise or DamagedFileError("The file is damaged.") from None
