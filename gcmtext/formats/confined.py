"""Files from outside, read in a process of its own, with bounds on its time and memory.

A file of a kilobyte can keep a reader busy for hours (forms that draw forms, streams that unpack to
gigabytes), and a thread cannot be interrupted or told how much memory it may take. A process can. It is given
the bytes of the file and returns what they hold as JSON, so that nothing it says is ever run.
"""

import json
import subprocess
import sys
from importlib import import_module
from typing import Any

from gcmtext.errors import InvalidText

MAX_SECONDS = 60
MAX_MEMORY = 1_500 * 2**20

_CODE = (
    "import json, sys; asked = json.loads(sys.argv[1]); sys.path[:] = asked['path']; "
    "from gcmtext.formats import confined; confined.serve(asked)"
)
_is_here = False


class TooCostly(InvalidText):
    """A file takes more time or memory to read than it may; the message is the rest of a sentence."""


def call(work: str, data: bytes, *words: str) -> Any:
    """Return what a function, named as "module:function", makes of the bytes of a file and of some words.

    It must return what JSON can hold. Called within such a process, it works in that.
    Raises InvalidText as the function does, and TooCostly beyond MAX_SECONDS or MAX_MEMORY.
    """
    if _is_here:
        return _function(work)(data, *words)
    asked = {"path": sys.path, "work": work, "words": words, "seconds": MAX_SECONDS, "memory": MAX_MEMORY}
    try:
        done = subprocess.run(  # noqa: S603 (this interpreter, with code of our own)
            [sys.executable, "-c", _CODE, json.dumps(asked)],
            input=data,
            capture_output=True,
            timeout=2 * MAX_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise _too_costly() from None
    if done.returncode:
        raise _too_costly()
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise InvalidText(answer["refused"])
    return answer["value"]


def serve(asked: dict[str, Any]) -> None:
    """Do in this process what is asked with the bytes on the standard input; print the outcome as JSON."""
    global _is_here
    _is_here = True
    _bound(asked["seconds"], asked["memory"])
    try:
        answer = {"value": _function(asked["work"])(sys.stdin.buffer.read(), *asked["words"])}
    except InvalidText as refusal:
        answer = {"refused": str(refusal)}
    json.dump(answer, sys.stdout)


def _function(work: str) -> Any:
    module, _, name = work.partition(":")
    return getattr(import_module(module), name)


def _too_costly() -> TooCostly:
    return TooCostly(
        f"takes more than {MAX_SECONDS} seconds or {MAX_MEMORY // 2**20:,} MB to read: save or print it "
        "anew, or ask for it in another format."
    )


def _bound(seconds: int, memory: int) -> None:
    """Bound the processor time and memory of this process, where the system can."""
    try:
        import resource
    except ImportError:  # Windows: the time is bounded all the same
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
