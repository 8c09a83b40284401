"""The main street of a small town in North America, with houses behind and fields' silos beyond."""
