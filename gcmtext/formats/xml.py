"""XML from outside, parsed without risk: no document type, no entities, no network, bounded depth and size.

libxml2 itself refuses more than 256 levels and text of more than 10 MB in one node.
"""

import re

from lxml import etree

from gcmtext.errors import InvalidText

MAX_BYTES = 64 * 2**20
MAX_MARKUP = 4_000_000

_DOCTYPE = re.compile(rb"(?>\s+|\xef\xbb\xbf|<\?(?>.*?\?>)|<!--(?>.*?-->))*+<!DOCTYPE", re.DOTALL)
_PLACE = re.compile(r", line \d+, column \d+$")


def parse(data: bytes, name: str = "The file") -> etree._Element:
    """Return the root element of an XML document, without its comments and processing instructions.

    name: what begins the message of an error, such as the file or a part of a package.

    Raises InvalidText if the bytes declare a document type or entities, are not well formed (the message
    gives the line), are nested too deeply, are over MAX_BYTES, or hold more than
    MAX_MARKUP tags and attributes.
    """
    if len(data) > MAX_BYTES or data.count(b"<") + data.count(b"=") > MAX_MARKUP:
        raise InvalidText(f"{name} is too large to be read as one text: split it.")
    if _DOCTYPE.match(data.replace(b"\0", b"").lstrip(b"\xff\xfe")):
        raise _document_type(name)
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _not_well_formed(error, name) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise _document_type(name)
    return root


def _document_type(name: str) -> InvalidText:
    return InvalidText(
        f"{name} declares a document type or entities, which are not read for safety: "
        "save it again without <!DOCTYPE …>."
    )


def _not_well_formed(error: etree.XMLSyntaxError, name: str) -> InvalidText:
    message = _PLACE.sub("", error.msg or "no element found")
    if message.startswith("Excessive depth"):
        return InvalidText(
            f"{name} is nested more than 256 levels deep (line {error.lineno}): it holds no text to read."
        )
    return InvalidText(
        f"{name} is not well-formed XML at line {error.lineno} ({message}): "
        "it may be damaged, ask for it again."
    )
