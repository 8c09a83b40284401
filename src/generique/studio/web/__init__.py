"""Pages and services over HTTP: one module for each."""
