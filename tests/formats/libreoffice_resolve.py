"""Prints the paragraphs of a Word file after LibreOffice accepted, or rejected, all its changes, as JSON.

Run by the Python that has LibreOffice's module uno: libreoffice_resolve.py FILE PROFILE_FOLDER
"""

import json
import subprocess
import sys
import time
from contextlib import contextmanager

import uno
from com.sun.star.beans import PropertyValue


def connected(pipe):
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
    for _ in range(240):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:
            time.sleep(0.25)
    raise SystemExit("LibreOffice did not answer.")


def resolved(context, file, command):
    manager = context.ServiceManager
    desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    dispatcher = manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
    hidden = PropertyValue()
    hidden.Name, hidden.Value = "Hidden", True
    document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(file), "_blank", 0, (hidden,))
    dispatcher.executeDispatch(document.CurrentController.Frame, command, "", 0, ())
    paragraphs, found = document.Text.createEnumeration(), []
    while paragraphs.hasMoreElements():
        found.append(paragraphs.nextElement().String)
    document.close(True)
    return found


@contextmanager
def office(profile):
    """Give the context of a LibreOffice that ends with the block."""
    pipe = f"gcmtext{time.time_ns()}"
    process = subprocess.Popen(
        [
            "soffice",
            f"-env:UserInstallation=file://{profile}",
            "--headless",
            "--norestore",
            f"--accept=pipe,name={pipe};urp;",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        context = connected(pipe)
        yield context
        context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context).terminate()
        process.wait(60)
    finally:
        process.kill()


def main(file, profile):
    commands = {"accepted": ".uno:AcceptAllTrackedChanges", "rejected": ".uno:RejectAllTrackedChanges"}
    with office(profile) as context:
        print(json.dumps({name: resolved(context, file, command) for name, command in commands.items()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
