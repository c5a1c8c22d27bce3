//! Why a command could not do its work, and what to do about it.

use scribe_codegen::finding::Failure;

/// A command's result.
pub type Result<T> = std::result::Result<T, Error>;

/// What went wrong.
#[derive(Debug)]
pub enum Error {
    /// Something outside of the pipeline: a file, the network, git.
    Outside {
        /// What was expected and what was found.
        problem: String,
        /// What to do about it.
        action: String,
    },
    /// The pipeline's own findings.
    Findings(Failure),
}

impl Error {
    /// An error of the world outside of the pipeline.
    pub fn new(problem: impl Into<String>, action: impl Into<String>) -> Self {
        Self::Outside {
            problem: problem.into(),
            action: action.into(),
        }
    }

    /// `path` could not be read, written or the like.
    pub fn file(verb: &str, path: impl std::fmt::Display, error: &std::io::Error) -> Self {
        let action = match error.kind() {
            std::io::ErrorKind::NotFound => "check the path".to_owned(),
            std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => {
                format!("give yourself the right to {verb} it")
            }
            _ => "see to the cause and run the command again".to_owned(),
        };
        Self::new(format!("could not {verb} `{path}`: {error}"), action)
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        Self::Findings(failure)
    }
}

impl std::fmt::Display for Error {
    /// As a finding looks: what is wrong, then what to do.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Outside { problem, action } => write!(f, "error: {problem}\n  = help: {action}"),
            Self::Findings(failure) => write!(f, "{failure}"),
        }
    }
}
