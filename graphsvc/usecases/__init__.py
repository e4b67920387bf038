"""What one can do to the graph: functions taking (store, …)."""
