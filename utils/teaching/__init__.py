"""Teaching: exercises that check an answer without telling it, and what a corpus is too small for."""
