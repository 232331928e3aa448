"""Addresses that lead on, from where anybody may have put them."""


def local(address: str) -> str:
    """Return an address of this site, whatever was asked for."""
    is_local = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if is_local and address.isprintable() else "/"
