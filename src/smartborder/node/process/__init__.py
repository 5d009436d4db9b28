"""The processes of a running node: database, web, worker; started, watched and stopped."""
