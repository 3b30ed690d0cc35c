"""What is said of a table that cannot be read; it needs nothing, so that any command may ask."""


class DataError(ValueError):
    """A table is unknown, missing or damaged. The message says what to do."""
