//! Layout: what stays, what goes where, and that the meaning is kept.
