"""The network map: what is shown, where it stands, and the same content in words and in a table."""
