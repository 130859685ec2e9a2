"""How many works have a related one, and pairs to be judged by hand."""
