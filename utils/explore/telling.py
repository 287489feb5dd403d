"""What the front ends say in words, escaped: a line, and code to copy."""

from html import escape


def line(words: str, *, role: str = "status") -> str:
    """Give a line as HTML."""
    return f'<p role="{role}" style="margin:0.4em 0;line-height:1.5;overflow-wrap:anywhere">{escape(words)}</p>'


def code(lines: str, *, what: str = "The same table in code") -> str:
    """Give code to copy, as HTML: one click chooses all of it."""
    style = "user-select:all;white-space:pre-wrap;background:#f4f4f4;color:#1a1a1a;padding:0.5em;line-height:1.4"
    return f'<p style="margin:0.4em 0">{escape(what)}, to copy:</p><pre style="{style}">{escape(lines)}</pre>'
