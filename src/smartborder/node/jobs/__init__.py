"""Jobs deferred inside the transaction that needs them, and the worker that runs them."""
