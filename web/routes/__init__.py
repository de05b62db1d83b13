"""The addresses of Flipchart, one file for each place a person comes to."""
