"""Everything a browser sees: routes, drawing, words, templates."""
