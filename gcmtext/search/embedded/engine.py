"""The four functions over an index in a folder, which several processes share on one machine."""

import re
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from fnmatch import translate
from itertools import islice
from math import log10
from pathlib import Path
from secrets import randbelow
from typing import Any
from uuid import uuid4

from whoosh.codec.whoosh3 import W3Segment
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, clean_files
from whoosh.util.filelock import try_for

from gcmtext.errors import Conflict
from gcmtext.search.embedded.builder import Builder
from gcmtext.search.embedded.codec import Codec, schema
from gcmtext.search.embedded.matching import Snapshot
from gcmtext.search.embedded.segment import Segment
from gcmtext.search.engine import OBJECT, Holding
from gcmtext.search.entry import Entry
from gcmtext.search.question import Answer, Node, Question

_NAME = "gcmtext1"  # changes with what lies in the files
_WAIT_SECONDS = 30.0
_SAME_SIZE = 8  # so many segments of one size (1 to 9, 10 to 99, …) are merged
_ATTEMPTS = 50
_WILD = re.compile("[*?]")


class EmbeddedEngine:
    """An index in a folder, made with what is put in first; one object serves all threads of a process."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._storage = FileStorage(str(folder))
        self._mutex = threading.Lock()
        self._generation = -1
        self._opened: dict[str, Segment] = {}
        self._snapshot = Snapshot([])

    def index(self, objects: Mapping[str, Sequence[Entry]]) -> None:
        """Put objects in with all their entries, instead of those they have."""
        builder = Builder()
        for name, entries in objects.items():
            builder.add(name, entries)
        with self._writing() as toc:
            self._delete(toc, objects)
            toc.segments = self._merged_into(builder, toc.segments)
            self._commit(toc, builder)

    def remove(self, objects: Iterable[str]) -> None:
        """Take objects out; those that are not there make no difference."""
        self.index(dict.fromkeys(objects, ()))

    def query(self, question: Question) -> Answer:
        """Answer a question."""
        return self._current().answer(question)

    def rebuild(self, objects: Iterable[tuple[str, Sequence[Entry]]]) -> None:
        """Hold these objects and no others; readers see what there was until all is in."""
        builder = Builder()
        for name, entries in objects:
            builder.add(name, entries)
        with self._writing() as toc:
            toc.segments = []
            self._commit(toc, builder)

    def words(self, start: str) -> list[str]:
        """Return the forms that begin with `start`, in order, whoever may see them."""
        return self._current().words(start)

    def matching(self, pattern: str, most: int) -> list[str]:
        """Return the first `most` forms, in order, that a pattern with * and ? stands for."""
        start = _WILD.split(pattern, maxsplit=1)[0]
        matches = re.compile(translate(pattern.replace("[", "[[]"))).match
        return list(islice(filter(matches, self._current().words(start)), most))

    def values(self, name: str) -> list[str]:
        """Return the values of a facet, in order, whoever may see them."""
        return self._current().facet(name).values

    def counts(self, nodes: Sequence[Node], circles: Sequence[str]) -> list[int]:
        """Return how many entries match each of some nodes that somebody of these circles may see."""
        current = self._current()
        return [current.count(node, circles) for node in nodes]

    def objects(self) -> dict[str, Holding]:
        """Return the objects that are held, each with what is held of it."""
        return self._current().objects()

    @contextmanager
    def turn(self, seconds: float) -> Iterator[bool]:
        """Give whether it is our turn to make the index follow, having waited so long for others."""
        lock = self._lock("turn")
        held = try_for(lock.acquire, timeout=seconds, delay=0.01)
        try:
            yield held
        finally:
            if held:
                lock.release()

    def is_made(self) -> bool:
        """Return whether there is an index, even if nothing is in it."""
        return bool(TOC._latest_generation(self._storage, _NAME) >= 0)

    def _current(self) -> Snapshot:
        """Return the index as it is now, opened anew if there has been a commit."""
        if TOC._latest_generation(self._storage, _NAME) != self._generation:
            with self._mutex:
                self._refresh()
        return self._snapshot

    def _refresh(self) -> None:
        for attempt in range(_ATTEMPTS):
            try:
                toc = self._toc()
                if toc.generation != self._generation:
                    self._snapshot = Snapshot(self._open(toc))
                    self._generation = toc.generation
            except FileNotFoundError:
                # Another commit has come between: what the table of contents named has been cleared away.
                if attempt + 1 == _ATTEMPTS:
                    raise
            else:
                return

    def _toc(self) -> Any:
        generation = TOC._latest_generation(self._storage, _NAME)
        return TOC.read(self._storage, _NAME, generation) if generation >= 0 else TOC(schema(), [], -1)

    def _open(self, toc: Any) -> list[Segment]:
        """Return the segments of a table of contents, opened once as long as they last."""
        opened = {}
        for each in toc.segments:
            name = each.segment_id()
            held = self._opened.get(name) or Segment(self._storage, each)
            if held.deleted_count != each.deleted_count():
                held.mark_deleted(each)
            opened[name] = held
        self._opened = opened
        return list(opened.values())

    @contextmanager
    def _writing(self) -> Iterator[Any]:
        """Give the table of contents while nobody else can change it; raise Conflict after half a minute."""
        lock = self._lock("lock")
        if not try_for(lock.acquire, timeout=_WAIT_SECONDS, delay=0.01):
            raise Conflict("The search index is being changed by somebody else: try again in a minute.")
        try:
            toc = self._toc()
            if toc.generation < 0:
                # Not from 0: if an index has been removed, others must not take this one for that.
                toc.generation = randbelow(2**30)
            yield toc
        finally:
            lock.release()

    def _lock(self, name: str) -> Any:
        """Return a lock that all processes share, in the folder, which is made if there is none."""
        self._folder.mkdir(parents=True, exist_ok=True)
        return self._storage.lock(f"{_NAME}.{name}")

    def _delete(self, toc: Any, objects: Iterable[str]) -> None:
        with self._mutex:
            opened = self._open(toc)
        for each, held in zip(toc.segments, opened, strict=True):
            for name in objects:
                for entry in held.entries_with(OBJECT, name):
                    each.delete_document(int(entry))

    def _merged_into(self, builder: Builder, segments: list[Any]) -> list[Any]:
        """Return the segments that stay as they are; those of one size are merged where there are many."""
        by_size: dict[int, list[Any]] = {}
        for each in segments:
            live = each.doc_count_all() - each.deleted_count()
            half_gone = live < each.deleted_count()
            size = int(log10(max(live, 1)))
            by_size.setdefault(-1 if half_gone else size, []).append(each)
        gone = by_size.pop(-1, [])
        for size, alike in sorted(by_size.items()):
            if len(alike) >= _SAME_SIZE:
                gone += by_size.pop(size)
        for each in gone:
            builder.merge(self._opened[each.segment_id()], each.deleted_docs())
        return [each for each in segments if each not in gone]

    def _commit(self, toc: Any, builder: Builder) -> None:
        if builder.count:
            codec = Codec()
            # Whoosh names segments by chance, which two processes of one seed share.
            segment = W3Segment(codec, _NAME, builder.count, uuid4().hex)
            writer = codec.field_writer(self._storage, segment)
            writer.add_fields(toc.schema, builder.fields())
            writer.close()
            toc.segments.append(segment)
        toc.generation += 1
        toc.write(self._storage, _NAME)
        clean_files(self._storage, _NAME, toc.generation, toc.segments)
