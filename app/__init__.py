"""Flipchart: a live board on which people in different cities write a campaign's headline together."""
