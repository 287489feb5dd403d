"""The project's own machinery: its environment, its notebooks' outputs, its generated files."""
