"""Rules of Canada's law."""
