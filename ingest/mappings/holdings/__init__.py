"""Mapping of holdings records and of holdings embedded in bibliographic records."""
