"""A network as bad as one orders: a proxy between a client and a server that delays, cuts, swallows and loses."""
