"""What the tests run against: a real Neo4j put together from its published artifacts."""
