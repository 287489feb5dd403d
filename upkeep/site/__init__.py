"""The collection as pages to read: what is collected from where, and Sphinx over it."""
