"""The stores behind the port: `memory` (the oracle), `sqlite` (the default) and `neo4j`. One driver each.

What they share (`planning/`) decides; a store only fetches what is asked and writes what is planned.
"""
