"""Country packs: data only, read through kernel.resources."""
