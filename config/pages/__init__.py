"""The pages' templates: every French word of the pages stands in them."""
