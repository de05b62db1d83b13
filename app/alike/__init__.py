"""Which notes are about the same subject: compared by a process apart, gathered and told by pure functions."""
