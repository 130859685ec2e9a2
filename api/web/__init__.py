"""Templates, styles and the words of the interface."""
