"""Mechanical reading of MARC fields: punctuation, dates, identifiers, headings. No judgement about meaning."""
