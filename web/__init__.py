"""The pages: app, routes, static files."""
