"""Industry and ports: quays, containers, tanks, refineries, rail yards."""
