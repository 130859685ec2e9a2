"""Entity pages: what the graph says about one entity, in groups, with the graphs that say it and what links here."""
