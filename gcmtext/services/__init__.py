"""The verbs: what people do, over a session and an actor.

A service checks what it is given, does one thing and flushes; the caller commits. What it refuses raises one
of
gcmtext.errors, with a sentence for a person.
"""
