"""Benchmarks: what the live hour costs, measured on the server as it is served."""
