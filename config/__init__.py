"""Settings, texts and catalogues, loaded into the values of the domain."""
