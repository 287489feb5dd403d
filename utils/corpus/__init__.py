"""The corpus: what the readers brought, the layers over it, what is kept of them, and the corpora by name."""
