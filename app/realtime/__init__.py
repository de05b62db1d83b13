"""Live boards: rooms, frames, presence, limits. Knows time and sockets; no HTML, no SQL."""
