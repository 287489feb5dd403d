"""What the front ends say in words, escaped: a line, and code to copy."""

from html import escape


def line(words: str, *, role: str = "status") -> str:
    """Give a line as HTML."""
    return f'<p role="{role}" style="margin:0.4em 0;line-height:1.5;overflow-wrap:anywhere">{escape(words)}</p>'


def code(lines: str, *, what: str = "The same table in code") -> str:
    """Give code to copy, as HTML: one click chooses all of it."""
    ground = "background:var(--jp-layout-color2,#f4f4f4);color:var(--jp-ui-font-color1,#1a1a1a)"
    style = f"user-select:all;white-space:pre-wrap;{ground};padding:0.5em;line-height:1.4"
    return (
        f'<p style="margin:0.4em 0;line-height:1.4">{escape(what)}, to copy:</p>'
        f'<pre style="{style}">{escape(lines)}</pre>'
    )


def head(question: str, counted: str) -> str:
    """Give a question as a heading, and how much there is, as HTML."""
    return (
        f'<h4 style="margin:0.6em 0 0.2em;line-height:1.4;overflow-wrap:anywhere">{escape(question)}</h4>'
        f'<p style="margin:0 0 0.4em;line-height:1.4;opacity:0.8">{escape(counted)}.</p>'
    )
