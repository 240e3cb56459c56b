//! What a reviewer reads first: the surface of a generated client, one line a thing.
