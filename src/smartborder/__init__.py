"""smartborder: an open platform for the border between two sovereign countries."""

__version__ = "0.1.0"
