//! The commands as a maintainer runs them: the real binary, in a repository of its own.

mod accepted;
mod causes;
mod check;
mod diff;
mod download;
mod effective;
mod input;
mod interruption;
mod large;
mod lint;
mod manual;
mod names;
mod new_repair;
mod noise;
mod page;
mod patches;
mod prune;
mod regen;
mod report;
mod repository;
mod secrets;
mod server;
mod supplements;
mod tools;
mod r#try;
mod usage;
