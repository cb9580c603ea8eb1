"""The contracts between what runs, what people do, and where things are kept.

Values that cross them are frozen. A `UnitOfWork` is synchronous: a whole turn (load, decide,
record) runs in one go on a worker thread of the database, which `Database.transact` awaits.
"""
