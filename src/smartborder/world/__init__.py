"""Floor 6: the synthetic world; it acts only as outside clients do."""
