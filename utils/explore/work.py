"""Work that a reader waits for: one piece at a time, told of as it goes on, and stopped when they say so.

In a notebook it runs in a thread of its own, as a kernel that works hears no button; elsewhere at once.
"""

import ctypes
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from IPython import get_ipython

from utils import progress

Said = Callable[[str, bool], None]
STOPPED = "Stopped. What was made so far is kept, and asking again goes on from there."


class Work:
    """What runs a piece of work; a new one stops the one before.

    said     told a line as the work goes on, and what became of it where it failed, with whether that is an alert
    busy     told whether there is work
    """

    def __init__(self, said: Said, busy: Callable[[bool], None]) -> None:
        self._said, self._busy = said, busy
        self._thread: threading.Thread | None = None
        self._lock, self._open, self._wanted = threading.Lock(), False, False
        self._threaded = hasattr(get_ipython(), "kernel")

    def start(self, piece: Callable[[], None]) -> None:
        """Do a piece of work; what it warns of and why it fails is said in a sentence each."""
        if not self._threaded:
            self._do(piece)
            return
        self.stop()
        self._thread = threading.Thread(target=self._do, args=[piece], daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop the work under way, and wait until it has."""
        thread = self._thread
        if thread is None or thread is threading.current_thread():
            return
        self._wanted = True
        while thread.is_alive():
            with self._lock:
                if self._open:
                    interrupt = ctypes.py_object(KeyboardInterrupt)
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident or 0), interrupt)
            thread.join(0.2)
        self._wanted = False

    @contextmanager
    def stoppable(self) -> Iterator[None]:
        """Let what is done meanwhile be stopped at any line; what is shown is never stopped halfway."""
        with self._lock:
            if self._wanted and threading.current_thread() is self._thread:
                raise KeyboardInterrupt
            self._open = True
        try:
            yield
        finally:
            with self._lock:
                self._open = False

    def wait(self) -> None:
        """Return when there is no work."""
        if self._thread is not None:
            self._thread.join()

    def _do(self, piece: Callable[[], None]) -> None:
        try:
            self._busy(True)
            with progress.told(lambda line: self._said(line, False)), warnings.catch_warnings(record=True) as noted:
                warnings.simplefilter("always", UserWarning)
                piece()
            for each in {str(note.message): None for note in noted if issubclass(note.category, UserWarning)}:
                self._said(_line(each), False)
        except KeyboardInterrupt:
            self._said(STOPPED, True)
        except MemoryError:
            self._said("There is not memory enough for this: choose a part of the corpus first.", True)
        except ValueError as error:
            self._said(_line(error), True)
        except Exception as error:  # a fault of ours: the workbench stays, and says so
            self._said(
                f"This cannot be shown, by a fault of the program: {_line(error)} ({type(error).__name__}).", True
            )
        finally:
            self._busy(False)


def _line(words: object) -> str:
    return " ".join(str(words).split())
