"""What the graph holds, counted: classes, properties and named graphs."""
