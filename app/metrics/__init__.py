"""Counts what live boards tell of themselves, and shows it to whoever watches over the server (Prometheus)."""
