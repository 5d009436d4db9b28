"""Rules of the law of the United States: coded from excerpts and memory, so they only advise."""
