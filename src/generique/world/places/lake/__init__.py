"""A lake in wooded hills: a cabin on its shore, a jetty, a boat."""
