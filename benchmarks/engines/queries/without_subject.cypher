MATCH (work:Work) WHERE NOT EXISTS { (work)-[:subject]->() } RETURN count(work)
