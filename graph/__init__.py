"""The graph: store contract, backends, merge layer, parameter binder, owner process."""
