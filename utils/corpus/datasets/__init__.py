"""The corpora by name, one file each."""
