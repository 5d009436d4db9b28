"""The machine API, ``/v1``: what carriers, registries and other systems call."""
