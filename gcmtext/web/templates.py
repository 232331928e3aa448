"""The templates of pages, compiled: kept in the data folder, as Python keeps its own modules."""

from contextlib import suppress

from flask import Flask
from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket

from gcmtext.settings import Settings


class Kept(FileSystemBytecodeCache):
    """Compiled templates in a folder; where nothing can be written, none are kept."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template; one whose text has changed is compiled anew, and takes its place."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def install(app: Flask, settings: Settings) -> None:
    """Let the first pages after a start use what was compiled before it."""
    folder = settings.data_dir / "templates"
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    app.jinja_env.bytecode_cache = Kept(str(folder))
