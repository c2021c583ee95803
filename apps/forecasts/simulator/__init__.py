"""A cloud that is made up: hosts, VMs and their loads, for who has none to show, to try or to measure with.

The same seed makes the same fleet, and the same load at a moment whenever it is asked for: made up again a day later, it
goes on where it was. Nobody should measure accuracy on it: it has the statistics of real loads, not their surprises.
"""
