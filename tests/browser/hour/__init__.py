"""A whole Flipchart for browser tests: its server, the people who visit it, and what is looked for on its pages."""
