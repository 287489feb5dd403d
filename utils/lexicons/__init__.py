"""Lexicons: what lists of scored words make of a text, each scored word with its place."""
