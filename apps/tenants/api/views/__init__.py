"""HTTP translated to one service or QuerySet call. One module a group of addresses."""
