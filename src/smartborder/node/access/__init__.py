"""Who may do what: roles, sign-in, sessions, API keys; one typed table."""
