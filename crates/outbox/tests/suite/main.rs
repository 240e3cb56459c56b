//! All tests in one program, so that it is linked once.

mod exhaustive;
