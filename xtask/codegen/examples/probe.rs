//! probe
fn main() {
    let mut args = std::env::args().skip(1);
    let mode = args.next().unwrap();
    if mode == "one" {
        let name = args.next().unwrap();
        let mut overlays: Vec<_> = args.collect();
        overlays.sort();
        let overlays = overlays
            .into_iter()
            .map(|n| {
                scribe_codegen::source::Source::new(n.clone(), std::fs::read_to_string(&n).unwrap())
            })
            .collect();
        let spec = scribe_codegen::source::Source::new(
            name.clone(),
            std::fs::read_to_string(&name).unwrap(),
        );
        match scribe_codegen::pipeline::run_with(
            &scribe_codegen::pipeline::Input {
                spec,
                overlays,
                without: vec![],
            },
            scribe_codegen::load::Reading::Lenient,
        ) {
            Ok(outcome) => {
                print!("{}", outcome.client);
                eprintln!(
                    "examples {} losses {}",
                    outcome.examples,
                    outcome.losses.len()
                );
                for f in outcome.losses.iter().take(40) {
                    eprintln!("LOSS {}: {}", f.pointer, f.problem);
                }
            }
            Err(f) => eprintln!("FAILED\n{f}"),
        }
        return;
    }
    let (mut ok, mut ops, mut methods, mut ex, mut lo) = (0, 0, 0, 0, 0);
    for name in args {
        let t = std::time::Instant::now();
        let spec = scribe_codegen::source::Source::new(
            name.clone(),
            std::fs::read_to_string(&name).unwrap(),
        );
        match std::panic::catch_unwind(|| {
            scribe_codegen::pipeline::run_with(
                &scribe_codegen::pipeline::Input {
                    spec,
                    overlays: vec![],
                    without: vec![],
                },
                scribe_codegen::load::Reading::Lenient,
            )
        }) {
            Ok(Ok(o)) => {
                ok += 1;
                ops += o.operations;
                for f in o
                    .findings
                    .iter()
                    .filter(|f| f.severity != scribe_codegen::finding::Severity::Repaired)
                {
                    println!("  {:?} {} {} {}", f.severity, f.code, f.pointer, f.problem);
                }
                for f in &o.losses {
                    println!("  LOSS {} {}", f.pointer, f.problem);
                }
                std::fs::write(
                    format!(
                        "/tmp/clients/{}.rs",
                        name.rsplit('/').next().unwrap().replace(['.', '-'], "_")
                    ),
                    &o.client,
                )
                .unwrap();
                let m = o.client.matches("pub async fn send").count();
                methods += m;
                ex += o.examples;
                lo += o.losses.len();
                println!(
                    "ok {} ops {} methods {m} examples {} losses {} {:?}",
                    name.rsplit('/').next().unwrap(),
                    o.operations,
                    o.examples,
                    o.losses.len(),
                    t.elapsed()
                );
            }
            Ok(Err(f)) => {
                println!(
                    "FAIL {} {:?}",
                    name.rsplit('/').next().unwrap(),
                    t.elapsed()
                );
                for f in f.findings.iter().take(3) {
                    println!(
                        "    {} {} {}",
                        f.code,
                        f.pointer,
                        f.problem
                            .lines()
                            .next()
                            .unwrap_or("")
                            .chars()
                            .take(200)
                            .collect::<String>()
                    );
                }
            }
            Err(_) => println!("PANIC {name}"),
        }
    }
    println!("{ok} ok, ops {ops} methods {methods} examples {ex} losses {lo}");
}
