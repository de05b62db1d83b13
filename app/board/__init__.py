"""The rules of a board, on the standard library alone: no clock, no random, no async, no IO."""
