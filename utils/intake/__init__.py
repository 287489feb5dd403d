"""Intake: from files to articles and their segments. Readers label, note what they could not read, alter nothing."""
