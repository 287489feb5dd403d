"""Whose words they are: statements, reporting words, what they bring in, who speaks, and who that is."""
