//! What is wrong with an overlay, and how it is said.
