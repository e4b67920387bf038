"""What a write means, decided once for all stores: pure functions from facts and changes to a `Plan`."""
