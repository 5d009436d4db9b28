"""Everything around carriers: completeness, certification, message log and health, outages."""
