"""Resolution and rules."""
