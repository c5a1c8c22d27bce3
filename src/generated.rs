//! The generated client. Nothing here is written by hand but this file: it says where the client
//! comes from and what it may use.

use crate::runtime::{self, Call, Client};

include!("generated/client.rs");
