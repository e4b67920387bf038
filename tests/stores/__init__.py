"""The stores, each against the contract and for what it alone promises."""
