"""The files that go in and out: bundles of tables (CSV, zip, folder), GEXF, GraphML, GeoJSON."""
