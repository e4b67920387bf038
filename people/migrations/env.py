"""Run by Alembic: the migrations use the connection, and the transaction, they are given."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transaction_per_migration=False)
with context.begin_transaction():
    context.run_migrations()
