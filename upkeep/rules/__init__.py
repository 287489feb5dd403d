"""The house rules that a machine can check: of notebooks, of modules, of type hints."""
