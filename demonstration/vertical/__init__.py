"""Logistic regression between two parties that know different columns of the same people: a workload like any other.

One of them has what is to be foretold. Which rows they share they find without showing the others (`intersection`); each
keeps its columns, its weights and its keys, and sends only what is encrypted under its own key or hidden by a mask
(`training`). How far the model is, both learn as two numbers (`ranking`). What each can learn is in the documentation.
"""
