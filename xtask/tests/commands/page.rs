//! The page of `diff --format html` and `regen --report FILE.html`, in a real browser where there is one.

use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::repository::{DOCUMENT, Repository};

const SURFACE: &str = "spec/api-surface.txt";

/// Shows a page as wide as a phone, uses it, and prints what it saw. It stands beside the page, because the page's own
/// policy lets no other script in.
const VISITOR: &str = r#"<!DOCTYPE html>
<iframe id="frame" width="390" height="800" src="PAGE"></iframe>
<pre id="said"></pre>
<script>
frame.onload = () => {
  const page = frame.contentDocument;
  const visible = () => [...page.querySelectorAll('article')]
    .filter((article) => article.checkVisibility()).length;
  const type = (text) => {
    const box = page.querySelector('input[type=search]');
    box.value = text;
    box.dispatchEvent(new Event('input', { bubbles: true }));
    return visible();
  };
  const sides = page.querySelector('.sides').children;
  const seen = {
    all: visible(),
    widths: [page.documentElement.scrollWidth, page.documentElement.clientWidth],
    sideBySide: sides[0].getBoundingClientRect().top === sides[1].getBoundingClientRect().top
      && sides[0].getBoundingClientRect().right <= sides[1].getBoundingClientRect().left,
    tags: [...page.querySelectorAll('details.tag > summary')].map((summary) => summary.firstChild.data.trim()),
    images: page.images.length,
    scripts: page.scripts.length,
    title: page.title,
    ground: frame.contentWindow.getComputedStyle(page.body).backgroundColor,
    loaded: frame.contentWindow.performance.getEntriesByType('resource').length,
  };
  seen.typed = type('HEIGHT field');
  seen.shown = page.getElementById('shown').textContent;
  seen.nothing = type('no such thing');
  seen.cleared = type('');
  page.querySelector('input[value=major]').click();
  seen.withoutMajor = visible();
  page.querySelector('input[value=major]').click();
  page.querySelector('summary').click();
  seen.collapsed = visible();
  said.textContent = JSON.stringify(seen);
};
</script>
"#;

/// What the visitor saw of `html`, none when there is no browser.
fn visit(html: &str, options: &[&str]) -> Option<Value> {
    let browser = ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find(|name| {
            Command::new(name)
                .arg("--version")
                .output()
                .is_ok_and(|output| output.status.success())
        });
    let Some(browser) = browser else {
        // Not `eprintln!`, whose text nobody sees when the test passes.
        let _ = writeln!(
            std::io::stderr(),
            "skipped: chromium is not installed; CONTRIBUTING.md says how to get it"
        );
        return None;
    };
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("page.html"), html).unwrap();
    let visitor = folder.path().join("visitor.html");
    std::fs::write(&visitor, VISITOR.replace("PAGE", "page.html")).unwrap();
    let output = Command::new(browser)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
        ])
        .args([
            "--allow-file-access-from-files",
            "--host-resolver-rules=MAP * ~NOTFOUND",
        ])
        .arg(format!(
            "--user-data-dir={}",
            folder.path().join("profile").display()
        ))
        .args(options)
        .args(["--virtual-time-budget=5000", "--dump-dom"])
        .arg(format!("file://{}", visitor.display()))
        .output()
        .unwrap();
    let dom = String::from_utf8_lossy(&output.stdout).into_owned();
    let said = dom
        .split_once("<pre id=\"said\">")
        .and_then(|(_, rest)| rest.split_once("</pre>"))
        .map(|(said, _)| {
            said.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&")
        })
        .unwrap_or_default();
    let seen = serde_json::from_str(&said).unwrap_or_else(|error| {
        panic!(
            "{error}: {dom}\n{}",
            String::from_utf8_lossy(&output.stderr)
        )
    });
    Some(seen)
}

/// A page of three changes: one breaks, one does not, and one tries to become markup.
fn page() -> String {
    let repository = Repository::regenerated();
    let base = repository.read(SURFACE);
    let base = base
        .lines()
        .filter(|line| !line.contains(" field open:"))
        .map(|line| line.replace("height: Option<runtime::Number>", "height: i64"))
        .collect::<Vec<_>>()
        .join("\n");
    let base = repository.beside("base.txt", &base);
    let mut surface = repository.read(SURFACE);
    surface += "item <img src=x onerror=document.title='caught'></script><script>document.title='caught'</script>\n";
    repository.write(SURFACE, &surface);
    repository
        .run(&["diff", "--base", &base, "--format", "html"])
        .exit(0)
        .out
}

#[test]
fn the_page_shows_filters_and_folds_and_upstream_text_stays_text() {
    let Some(seen) = visit(&page(), &[]) else {
        return;
    };
    assert_eq!(seen["all"], 3, "{seen:#}");
    assert_eq!(seen["typed"], 1, "{seen:#}");
    assert_eq!(seen["shown"], "1 of 3 shown");
    assert_eq!(seen["nothing"], 0);
    assert_eq!(seen["cleared"], 3);
    assert_eq!(seen["withoutMajor"], 2, "{seen:#}");
    assert_eq!(seen["collapsed"], 1, "{seen:#}");
    assert_eq!(
        seen["tags"],
        serde_json::json!(["Plants", "of several tags, or of none"])
    );
    assert_eq!(seen["title"], "Changes of the surface");
    assert_eq!(seen["images"], 0);
    assert_eq!(seen["scripts"], 1);
    assert_eq!(seen["loaded"], 0);
    assert_eq!(seen["sideBySide"], true);
    assert_eq!(
        seen["widths"][0], seen["widths"][1],
        "wider than a phone: {seen:#}"
    );
}

#[test]
fn the_page_is_light_or_dark_as_the_reader_is() {
    let page = page();
    let Some(light) = visit(&page, &["--blink-settings=preferredColorScheme=1"]) else {
        return;
    };
    let dark = visit(&page, &["--blink-settings=preferredColorScheme=0"]).expect("a browser");
    assert_eq!(light["ground"], "rgb(255, 255, 255)");
    assert_eq!(dark["ground"], "rgb(20, 23, 26)");
}

#[test]
fn the_page_is_one_file_that_asks_for_nothing() {
    let page = page();
    for word in [
        " src=", " href=", "url(", "@import", "fetch(", "http:", "https:",
    ] {
        // The text that tries to be markup stands there in its escaped form.
        assert!(!page.replace("&lt;img src=x", "").contains(word), "{word}");
    }
    assert!(page.contains("default-src 'none'"), "{page}");
}

#[test]
fn a_report_is_a_page_when_its_file_is_named_so() {
    let repository = Repository::regenerated();
    let news = repository.beside("news.yaml", &DOCUMENT.replace("height:", "size:"));
    let report = repository.root().join("target/report.html");
    let path = report.display().to_string();
    repository
        .run(&["regen", "--from", &news, "--report", &path])
        .exit(0);
    let html = std::fs::read_to_string(Path::new(&report)).unwrap();
    assert!(html.starts_with("<!DOCTYPE html>"), "{html}");
    for text in [
        "<h1>regenerated: ",
        "<summary>Upstream by tag</summary>",
        "<td>GET /api/plants</td>",
        "field-added",
    ] {
        assert!(html.contains(text), "{text}");
    }
}
