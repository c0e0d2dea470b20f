"""The pages, one file a noun: the data of a page, what fills it, its HTML and its JSON."""
