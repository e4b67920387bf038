"""The maps: drawings, their data, what one keeps of them."""
