"""The JSON interface under ``/api/v1``: one file a group of routes, each thin. ``docs/api.md`` shows them in use."""
