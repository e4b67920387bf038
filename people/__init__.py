"""What concerns persons: accounts, roles, invitations, sessions, and the outbox that joins both databases.

It lives in a private database of its own (SQLAlchemy and Alembic), so that no map, export or public answer
made from the graph can leak an address. It knows nothing of HTTP.
"""
