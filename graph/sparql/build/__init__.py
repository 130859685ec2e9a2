"""The algebra of SPARQL 1.1 (section 18.2) built while the parser reads: one method for each rule of the grammar.

Each module adds the rules of one part of the grammar to those it needs: ``Terms`` < ``Triples``, ``Expressions`` <
``Groups`` < ``Queries`` < ``Updates``. A rule's method gets the values of the rule's parts, None for an absent one in
square brackets; a terminal's method, in upper case, makes its token a term. Nothing here recurses.
"""
