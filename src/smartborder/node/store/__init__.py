"""PostgreSQL: the launcher, three roles, migrations, sessions with actor and purpose."""
