"""What every kept record owes: raw messages, delete-by, disclosures, purge."""
