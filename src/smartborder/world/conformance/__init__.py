"""The published conformance set, played against a node as a carrier's system would."""
