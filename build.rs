//! Makes `OUT_DIR/client.rs`. With the feature `codegen` the pipeline makes it from `spec/`; without it the committed
//! snapshot is taken, once its header shows that it was made from the `spec/` that is here.

// Shared with the generator, which this build may have no part of.
#[path = "xtask/codegen/src/fingerprint.rs"]
mod fingerprint;
#[path = "xtask/codegen/src/snapshot.rs"]
mod snapshot;

fn main() {
    let snapshot = snapshot::check("spec", "src/generated/client.rs");
    #[cfg(feature = "codegen")]
    let client = scribe_codegen::build::client("spec", snapshot);
    #[cfg(not(feature = "codegen"))]
    let client = snapshot;
    snapshot::finish(client);
}
