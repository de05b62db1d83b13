"""The report as files: what is wanted, who writes it, and where, so that no frame waits for it."""
