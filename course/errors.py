"""What is said of a table that cannot be read; it needs nothing, so that any command may ask."""


class DataError(ValueError):
    """A table, or a list of words, is unknown, missing or damaged; the message says what to do."""
