"""`gcmtext audit`."""

import json
import re
from pathlib import Path

from sqlalchemy import create_engine, text

from cli.conftest import Run

LIGHTS = "1. States shall keep every light that stands on their coasts.\n"


def taken(run: Run, folder: Path) -> None:
    file = folder / "lights.md"
    file.write_text(LIGHTS, encoding="utf-8")
    said = ("--title", "On lights", "--revision", "Rev.1", "--by", "A. Keeper")
    run("import", file, "--negotiation", "lights", *said)


def test_the_trail_is_verified_and_exported(tracker: Run, tmp_path: Path) -> None:
    taken(tracker, tmp_path)
    said = tracker("audit", "verify").stdout
    match = re.fullmatch(r"The audit trail holds: 2 events\. It ends at (2:[0-9a-f]{64})\n", said)
    assert match
    tracker("audit", "verify", "--seen", match[1])
    other = tracker("audit", "verify", "--seen", f"2:{'0' * 64}", code=2)
    assert "is not the one that was seen" in other.stdout
    assert "Give the end of the trail" in tracker("audit", "verify", "--seen", "2", code=2).stderr
    events = [json.loads(line) for line in tracker("audit", "export").stdout.splitlines()]
    assert [(e["number"], e["actor"], e["action"], e["subject"], e["source"]) for e in events] == [
        (1, "A. Keeper", "negotiation.start", "lights", "command line"),
        (2, "A. Keeper", "revision.import", "lights/rev-1", "command line"),
    ]
    out = tmp_path / "trail.csv"
    tracker("audit", "export", "--format", "csv", "--negotiation", "lights", "--output", out)
    assert len(out.read_text(encoding="utf-8").splitlines()) == 3


def test_a_forged_trail_is_told_where(tracker: Run, tmp_path: Path, database_url: str) -> None:
    taken(tracker, tmp_path)
    engine = create_engine(database_url)
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER audit_event_stays_update"))
        else:
            connection.execute(text("DROP TRIGGER audit_event_stays ON audit_event"))
        connection.execute(text("UPDATE audit_event SET actor = 'B. Keeper' WHERE number = 1"))
    engine.dispose()
    done = tracker("audit", "verify", code=2)
    assert done.stdout == "Event 1: is not what was recorded.\n"
    assert "does not hold" in done.stderr
