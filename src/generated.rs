//! The generated client. Nothing here is written by hand but this file: it says where the client
//! comes from and what it may use.

use crate::runtime::{self, Call, Client};

#[cfg(feature = "codegen")]
include!(concat!(env!("OUT_DIR"), "/client.rs"));

#[cfg(not(feature = "codegen"))]
include!("generated/client.rs");
