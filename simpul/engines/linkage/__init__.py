"""Linkage: who may be known twice in a whole register, each pair with the reasons that make it likely. Nothing is merged.

`records` brings people into the form in which they are compared, `model` says what is compared and how (Fellegi and
Sunter 1969, by Splink), `training` learns from the register at hand how often each thing agrees, `linking` finds the
pairs, on DuckDB, in memory. The same settings run on Spark. The extra `big` brings Splink and DuckDB.
"""
