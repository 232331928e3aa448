"""Has LibreOffice accept the tracked changes of one author and reject those of the others, and save that.

Run by the Python that has LibreOffice's module uno: libreoffice_keep.py FILE PROFILE_FOLDER AUTHOR OUT
"""

import sys

import uno
from com.sun.star.beans import PropertyValue
from libreoffice_resolve import office


def named(name, value):
    found = PropertyValue()
    found.Name, found.Value = name, value
    return found


def settle(document, dispatcher, author):
    """Accept or reject one change after the other, as a person does in the list of changes."""
    frame, cursor = document.CurrentController.Frame, document.CurrentController.getViewCursor()
    while True:
        changes = document.Redlines.createEnumeration()
        if not changes.hasMoreElements():
            return
        change = changes.nextElement()
        cursor.gotoRange(change.RedlineStart, False)
        verb = "Accept" if change.RedlineAuthor == author else "Reject"
        dispatcher.executeDispatch(frame, f".uno:{verb}TrackedChange", "", 0, ())


def main(file, profile, author, out):
    with office(profile) as context:
        manager = context.ServiceManager
        desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        dispatcher = manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
        document = desktop.loadComponentFromURL(
            uno.systemPathToFileUrl(file), "_blank", 0, (named("Hidden", True),)
        )
        settle(document, dispatcher, author)
        saved = (named("FilterName", "MS Word 2007 XML"),)
        document.storeToURL(uno.systemPathToFileUrl(out), saved)
        document.close(True)


main(*sys.argv[1:])
