"""Subject access and redress: what we hold about whoever asks, wherever a copy of it is."""
