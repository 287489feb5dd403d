"""The notebooks: run, compared with what is kept, refreshed, and put into the README."""
