"""Settings of the whole suite: properties are tried on the same cases every time, and no test times anything."""

from hypothesis import settings

settings.register_profile("onrecord", deadline=None, derandomize=True)
settings.load_profile("onrecord")
