"""Compiled texts as files: in the marks of a profile, as `gcmtext.text.rendering` gives them.

word      a Word file in brackets, for those who go on typing
markdown  the same as Markdown
page      one HTML page: the text, who is where, and each delegation's proposals
"""
