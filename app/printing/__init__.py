"""Papers and billboards: what a board comes to, set by typst in a process apart, with fonts of our own."""
