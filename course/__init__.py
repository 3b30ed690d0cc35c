"""The toolkit of the course: tables, checks, explorers and figures."""

__version__ = "0.1.0"
