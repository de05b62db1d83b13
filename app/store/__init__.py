"""Boards at rest: the only place that knows SQL."""
