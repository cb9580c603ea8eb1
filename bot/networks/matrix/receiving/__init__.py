"""From the server's syncs to what people did, none lost and none twice."""
