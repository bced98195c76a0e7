"""A store as pages and a REST API for people and programs on this machine, or with a token on others.

`api.make_app` puts it together; `guard` says who may ask; `filters` says which events are meant, the same for every
address; `lists` gives them a page at a time, `counts` as facets, series, map and network; `coding` codes a text that is
posted; docs/api.md is the contract.
"""
