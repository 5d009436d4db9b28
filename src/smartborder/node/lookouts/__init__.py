"""List versions, snapshots, hits and decision memory."""
