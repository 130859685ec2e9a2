"""Associations: weighted links between entities that share something, kept in a graph of their own.

Works are linked by the subjects, agents, places, series, classes and hubs that they share and by what one says of the
other; agents by works and by the subjects of their works; subjects by being used together. Each kind of link is a basis
(``bases``). What works have is read from the graph by query (``reading``) and kept as integers in a small database
(``memory``), from which sparse matrices give the weights (``weights``); only links that differ are written
(``writing``).
"""

from reasoning.associations.following import bring_up_to_date

__all__ = ["bring_up_to_date"]
