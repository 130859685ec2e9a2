"""Views: each parses a request, calls a service and serialises what comes back."""
