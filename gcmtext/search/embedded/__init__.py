"""The embedded engine: Whoosh keeps the index, NumPy answers.

Whoosh as it comes walks the postings of each word one by one in Python, decompressing and unpickling them in
blocks of 128, and scores each: three to five microseconds a posting, and there are 60,000 of a common word.
Here Whoosh does what it does well (segments, the table of contents that a commit replaces in one step, the
dictionary of terms, the lock of the one who writes, deletions), and a codec of our own writes the postings of
a word in one stretch, so that they are read as one array and matched and scored as arrays.

    codec     how postings and columns lie in the files of a segment
    builder   entries to a segment; segments merged to one
    segment   a segment, opened to be read
    matching  a question answered over all segments
    engine    the four functions
"""

import warnings

with warnings.catch_warnings():
    # Two literals of Whoosh 2.7.4, which no release will mend; they are told once, when it is compiled.
    warnings.filterwarnings("ignore", r'"is( not)?" with .* literal', SyntaxWarning)
    warnings.filterwarnings("ignore", r".*invalid escape sequence", SyntaxWarning)
    warnings.filterwarnings("ignore", r"invalid escape sequence", DeprecationWarning)
    import whoosh.codec.whoosh3
    import whoosh.index
    import whoosh.reading
    import whoosh.writing  # noqa: F401
