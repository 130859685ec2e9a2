"""What every layer shares: settings, errors, namespaces and RDF terms. Imports nothing of the platform."""
