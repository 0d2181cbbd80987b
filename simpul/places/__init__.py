"""Places: the regions of Indonesia by their official codes, from province to village.

A *region* is one province, regency or city, district, or village (kelurahan, desa). A *code list* is all of
them as one decree fixes them. An *old code* is one that a later decree replaced; it still finds its place.
"""
