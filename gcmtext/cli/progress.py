"""A word on the error stream while something takes long, for people at a terminal."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_AFTER_SECONDS = 1.0


@contextmanager
def step(doing: str) -> Iterator[Callable[[str], None]]:
    """Say what is being done, with the seconds it takes, once it has taken a second.

    Gives what says how far it has come.
    """
    far = [""]

    def says(how_far: str) -> None:
        far[0] = f" ({how_far})"

    if not sys.stderr.isatty():
        yield says
        return
    done = threading.Event()
    said = threading.Thread(target=_count, args=(doing, far, done), daemon=True)
    said.start()
    try:
        yield says
    finally:
        done.set()
        said.join()


def _count(doing: str, far: list[str], done: threading.Event) -> None:
    seconds = 0
    while not done.wait(_AFTER_SECONDS):
        seconds += 1
        sys.stderr.write(f"\r\033[K{doing}{far[0]} … {seconds} s")
        sys.stderr.flush()
    if seconds:
        sys.stderr.write("\r\033[K")
        sys.stderr.flush()
