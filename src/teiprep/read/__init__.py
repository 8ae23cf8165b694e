"""Reading: bytes to a `Source`, and what kind of text came in."""
