"""CQL 1.2 (https://www.loc.gov/standards/sru/cql/): text to a tree, and a tree to text."""
