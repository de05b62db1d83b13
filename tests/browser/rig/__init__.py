"""A page and a line that a test holds in its hand: what the browser is sent, when, and how it breaks."""
