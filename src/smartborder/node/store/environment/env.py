"""Alembic runs this file for each upgrade; the connection comes from ``store.migrate``."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, transaction_per_migration=False)
with context.begin_transaction():
    context.run_migrations()
