"""Questions asked of the network: pure functions from a snapshot to codes, numbers and facts."""
