"""The key that signs what browsers keep."""

import os
import secrets

from gcmtext.settings import Settings


def secret_key(settings: Settings) -> str:
    """Return the key that is set, or else the one kept in the data folder, made there the first time."""
    if settings.secret_key:
        return settings.secret_key
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    path = settings.data_dir / "secret-key"
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text()
