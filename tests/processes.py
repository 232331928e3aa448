"""Processes of the program that tests start."""

import os
from pathlib import Path


def environment(data_dir: Path) -> dict[str, str]:
    """Return the environment of a process of the program that works on a data folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GCMTEXT_")}
    return kept | {"GCMTEXT_DATA_DIR": str(data_dir)}
