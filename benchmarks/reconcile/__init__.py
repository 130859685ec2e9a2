"""Reconciliation: is the right entity first, and is a match right where the service claims one?

Questions are made from the samples by seeded rules and divided by a hash of what they ask about into a part to tune
on and a part to report. What is right is defined by the data alone (``questions``): every entity that bears the name
in any script, in any order of its words, without difference of case and accents, and whose dates or creators are
those that were asked for. A match is claimed rightly if it is of one of these, and should be claimed where there is
exactly one; of a name that nobody bears, or with another's dates, none should.

Peer of the same run: a look-up of the name as it is written among all names, which claims a match where one entity
bears it.
"""
