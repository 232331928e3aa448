"""Follow a negotiated text paragraph by paragraph."""

__version__ = "0.1.0"
