"""What is counted: for each measure its passages first, then one tidy table. Measures do not know each other."""
