"""What runs: the domain, its ports, the networks, and the loop that ties them."""
