"""Rehearsing: simulated participants who come by the door like anybody and know the public contract alone."""
