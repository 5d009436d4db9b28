"""Floor 3: law as code: facts and dated parameters -> verdict with its trace."""
