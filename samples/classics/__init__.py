"""The classics sample set: bibliographic facts and the small generator that writes them as MARC."""
