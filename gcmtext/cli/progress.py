"""A word on the error stream while something takes long, for people at a terminal."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_AFTER_SECONDS = 1.0


@contextmanager
def step(doing: str) -> Iterator[None]:
    """Say what is being done, with the seconds it takes, once it has taken a second."""
    if not sys.stderr.isatty():
        yield
        return
    done = threading.Event()
    said = threading.Thread(target=_count, args=(doing, done), daemon=True)
    said.start()
    try:
        yield
    finally:
        done.set()
        said.join()


def _count(doing: str, done: threading.Event) -> None:
    seconds = 0
    while not done.wait(_AFTER_SECONDS):
        seconds += 1
        sys.stderr.write(f"\r{doing} … {seconds} s")
        sys.stderr.flush()
    if seconds:
        sys.stderr.write("\r\033[K")
        sys.stderr.flush()
