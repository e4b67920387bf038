"""Groups, convergences, gaps and pooling."""
