"""Countries, projections, cameras, places and routes: the geography that maps are drawn from."""
