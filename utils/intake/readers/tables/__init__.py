"""Tables, one file a format: one row an article, whatever its columns are called."""
