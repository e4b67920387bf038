"""The directory, and the records of actors and of what they do together."""
