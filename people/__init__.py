"""The relational side: accounts, tokens and everything about people. Never in the graph."""
