"""Rules for a country whose law has not been coded: the least that any country asks."""
