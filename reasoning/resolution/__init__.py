"""The first resolver: entities of the same scheme and full controlled heading are one (decisions about data, 3).

Facts (headings, keys) stand in ``headings``, the judgement (what a shared heading is worth) in ``judgement``, the
writing in ``resolver``. Every entity has exactly one ``bg:canonical`` link, to itself when it stands alone; a link to
another entity has a ``bg:Resolution`` with score, evidence and decider. Taking a link back is removing it; an
``owl:differentFrom`` in the curation graph keeps it from coming again.
"""

from reasoning.resolution.resolver import Resolver

__all__ = ["Resolver"]
