"""What is laid over raw texts: one table of passages a layer, found article by article. No room here knows a corpus."""
