"""The coordinator's pages: who stands apart, what would help, what was done, how the network is."""
