"""The relational side: access tokens now, profiles and loans later. Nothing of it ever enters the graph."""
