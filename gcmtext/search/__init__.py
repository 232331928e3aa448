"""Search: four functions (index, remove, query, rebuild) over an engine; see gcmtext.search.engine.

What is searched are entries (a paragraph each, with who may see it); what is asked is a question of our own,
so that every engine finds the same.
"""
