"""HTTP: SPARQL protocol, linked data and entity pages, Graph Store writes. Thin views; no query stands here."""
