"""What comes of a board: pure functions of it as an audience sees it."""
