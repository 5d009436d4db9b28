"""Floor 3: bytes to model and back; one package per family of formats, no I/O."""
