"""The text core: pure functions over frozen values."""
