"""Points 4, 5 and 27: claims for protection, safe third country, removal."""
