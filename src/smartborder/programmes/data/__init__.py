"""Package data of the programmes."""
