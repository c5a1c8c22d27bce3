//! Names stay: what upstream calls otherwise is called as before, in whatever order a document comes; what a person wrote
//! into the ledger wins; nothing collides.

use scribe_codegen::naming::{Note, sentences};
use scribe_codegen::pipeline::{self, Input, Outcome};
use scribe_codegen::source::Source;

const DOCUMENT: &str = "
openapi: 3.0.3
info: { title: Plants, version: 1.0.0 }
paths:
  /plants:
    get:
      summary: List Plants
      operationId: listPlants
      parameters:
        - { in: query, name: id, schema: { type: string } }
      responses: &plant
        200:
          description: ok
          content:
            application/json:
              schema:
                type: object
                properties:
                  pot: { type: object, properties: { size: { type: integer }, kind: { type: string, enum: [clay, tin] } } }
  /plants/{plant}:
    parameters:
      - { in: path, name: plant, required: true, schema: { type: string } }
    get:
      summary: Show Plant
      operationId: showPlant
      parameters:
        - { in: query, name: id, schema: { type: string } }
        - { in: header, name: X-Light, schema: { type: string, enum: [sun, shade] } }
      responses: *plant
    delete:
      summary: Remove Plant
      operationId: removePlant
      responses: { 204: { description: gone } }
";

fn made(document: &str, names: Option<&str>) -> Outcome {
    let input = Input {
        names: names.map(|names| Source::new("names.toml", names)),
        ..Input::of(Source::new("plants.yaml", document))
    };
    pipeline::run(&input).unwrap_or_else(|failure| panic!("{failure}"))
}

/// `text` with each of the `edits`, every one of which has to be possible.
fn edited(text: &str, edits: &[(&str, &str)]) -> String {
    edits.iter().fold(text.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "expected `{from}` in:\n{text}");
        text.replace(from, to)
    })
}

/// The names of a surface: its lines without paths and ids, which upstream gives.
fn names(outcome: &Outcome) -> Vec<String> {
    let lines = outcome.surface.lines().map(|line| {
        let words: Vec<&str> = line.split(' ').collect();
        match words.as_slice() {
            ["operation", name, _, _, "id", _, rest @ ..] => {
                format!("operation {name} {}", rest.join(" "))
            }
            [
                "operation",
                name,
                "parameter",
                own,
                ty,
                "in",
                "path",
                "wire",
                _,
                rest @ ..,
            ] => format!(
                "operation {name} parameter {own} {ty} in path {}",
                rest.join(" ")
            ),
            _ => line.to_owned(),
        }
    });
    lines.collect()
}

/// That what is made of `document` with the `ledger` is called as in `before`, now and the next time.
#[track_caller]
fn stays(before: &Outcome, document: &str, ledger: &str) -> Outcome {
    let after = made(document, Some(ledger));
    assert_eq!(names(&after), names(before));
    let again = made(document, Some(&after.names));
    assert_eq!(again.names, after.names, "the ledger is no fixed point");
    assert_eq!(again.surface, after.surface);
    after
}

fn said(notes: &[Note]) -> String {
    sentences(notes).join("\n")
}

fn has(outcome: &Outcome, line: &str) -> bool {
    outcome.surface.lines().any(|other| other.starts_with(line))
}

#[test]
fn the_ledger_has_a_place_for_every_name() {
    let outcome = made(DOCUMENT, None);
    insta::assert_snapshot!(outcome.names);
    let again = made(DOCUMENT, Some(&outcome.names));
    assert_eq!(again.names, outcome.names);
    assert_eq!(again.notes, []);
}

#[test]
fn titles_ids_and_placeholders_may_change() {
    let before = made(DOCUMENT, None);
    let document = edited(
        DOCUMENT,
        &[
            ("Show Plant", "Look a plant up"),
            ("listPlants", "listTheWholeGarden"),
            ("{plant}", "{plant_id}"),
            ("name: plant,", "name: plant_id,"),
        ],
    );
    let after = stays(&before, &document, &before.names);
    insta::assert_snapshot!(said(&after.notes));
    // By the rule all of it would be called otherwise.
    let by_rule = made(&document, None);
    assert_ne!(names(&by_rule), names(&before));
}

#[test]
fn a_placeholder_that_is_called_like_a_parameter_of_the_query_takes_no_name_away() {
    let before = made(DOCUMENT, None);
    let document = edited(
        DOCUMENT,
        &[("{plant}", "{id}"), ("name: plant,", "name: id,")],
    );
    stays(&before, &document, &before.names);
}

#[test]
fn an_operation_that_moves_takes_its_names_along() {
    let before = made(DOCUMENT, None);
    let document = edited(
        DOCUMENT,
        &[
            ("/plants/{plant}", "/v2/garden/{green}"),
            ("name: plant,", "name: green,"),
            ("Show Plant", "Show"),
        ],
    );
    let after = stays(&before, &document, &before.names);
    insta::assert_snapshot!(said(&after.notes));
    // Said once: then the ledger knows where it is.
    let again = made(&document, Some(&after.names));
    assert!(
        again.notes.iter().all(|note| note.moved_from.is_none()),
        "{:?}",
        again.notes
    );
}

#[test]
fn an_operation_that_comes_back_has_the_name_that_it_had() {
    let ledger = edited(
        &made(DOCUMENT, None).names,
        &[("\"show_plant\"", "\"look_up\""), ("XLight", "Light")],
    );
    let before = made(DOCUMENT, Some(&ledger));
    let start = DOCUMENT.find("  /plants/{plant}:").expect("a path");
    let without = made(&DOCUMENT[..start], Some(&before.names));
    assert!(
        without.names.contains("name = \"look_up\"\n"),
        "{}",
        without.names
    );
    assert!(without.names.contains("gone = true\n"), "{}", without.names);
    assert!(!has(&without, "operation look_up"));
    stays(&before, DOCUMENT, &without.names);
}

#[test]
fn what_is_gone_reserves_no_name() {
    let before = made(DOCUMENT, None);
    let document = edited(
        DOCUMENT,
        &[
            ("/plants/{plant}", "/flowers/{plant}"),
            ("showPlant", "flowersShow"),
            ("removePlant", "flowersRemove"),
            ("Show Plant", "Flowers Show"),
        ],
    );
    let gone = made(&document, Some(&before.names));
    assert!(has(&gone, "operation flowers_show "), "{}", gone.surface);
    let other = edited(
        &document,
        &[("flowersShow", "showPlant"), ("Flowers Show", "Show Plant")],
    );
    // Of the two with this id one is gone: it moves, and takes the place of what came by another name meanwhile.
    let fresh = made(&other.replace("/flowers", "/trees"), Some(&gone.names));
    assert!(has(&fresh, "operation show_plant "), "{}", fresh.surface);
}

#[test]
fn a_new_operation_takes_no_name_from_an_old_one() {
    let before = made(DOCUMENT, None);
    // It would come first, in the order of paths and in the document.
    let new = "paths:\n  /a:\n    get:\n      summary: Show Plant\n      operationId: showPlant\n      responses: { 204: { description: none } }\n";
    let document = edited(DOCUMENT, &[("paths:\n", new)]);
    let after = made(&document, Some(&before.names));
    let mut lines = names(&after);
    lines.retain(|line| !line.contains("get_a ") && !line.contains("builder GetA"));
    assert_eq!(lines, names(&before));
    assert!(has(&after, "operation get_a GET /a id showPlant"));
    // The other way round, by the rule alone: the first path has the name.
    assert!(has(&made(&document, None), "operation show_plant GET /a"));
}

#[test]
fn what_a_person_writes_wins() {
    let before = made(DOCUMENT, None);
    let ledger = edited(
        &before.names,
        &[
            ("name = \"list_plants\"", "name = \"plants\""),
            ("path = [\"plant\"]", "path = [\"which\"]"),
            ("query.id = \"id\"", "query.id = \"only\""),
            ("\nShowPlantXLight = ", "\nLight = "),
        ],
    );
    let after = made(DOCUMENT, Some(&ledger));
    for line in [
        "operation plants GET /plants id listPlants builder Plants",
        "operation plants parameter only: ",
        "operation show_plant parameter which: ",
        "type Light ",
    ] {
        assert!(has(&after, line), "{line}\n{}", after.surface);
    }
    assert_eq!(made(DOCUMENT, Some(&after.names)).names, after.names);
    insta::assert_snapshot!(said(&after.notes));
}

#[test]
fn names_that_the_hand_written_code_has_are_nobodys() {
    let ledger = "reserved = [\"list_plants\"]\n\n[types]\n";
    let after = made(DOCUMENT, Some(ledger));
    assert!(has(
        &after,
        "operation get_plants GET /plants id listPlants"
    ));
    assert!(after.names.contains("reserved = [\"list_plants\"]\n"));
}

#[test]
fn operations_that_placeholders_alone_tell_apart_keep_their_names() {
    let twin = "  /plants/{name}:\n    get:\n      summary: Find Plant\n      operationId: findPlant\n      responses: { 204: { description: none } }\n";
    let document = format!("{DOCUMENT}{twin}");
    let before = made(&document, None);
    assert!(before.names.contains("[operations.\"GET /plants/{name}\"]"));
    stays(&before, &document, &before.names);
    // When one of the two goes, the other is what it was, and so it is when the one is back.
    let alone = made(DOCUMENT, Some(&before.names));
    assert!(has(&alone, "operation show_plant "), "{}", alone.surface);
    let alone = made(
        &edited(
            &document,
            &[(
                "    get:\n      summary: Show",
                "    put:\n      summary: Show",
            )],
        ),
        Some(&before.names),
    );
    assert!(has(&alone, "operation find_plant "), "{}", alone.surface);
    let both = made(&document, Some(&made(DOCUMENT, None).names));
    assert!(has(&both, "operation show_plant GET /plants/{plant}"));
    assert!(has(&both, "operation find_plant GET /plants/{name}"));
}

#[test]
fn a_ledger_that_knew_types_alone_is_taken_over() {
    let before = made(DOCUMENT, None);
    assert!(has(&before, "type Pot "), "{}", before.surface);
    let old = "# made by\nClay = [\"show_plant.Response.pot.kind\"]\nVase = [\"list_plants.Response.pot\", \"show_plant.Response.pot\"]\n";
    let after = made(DOCUMENT, Some(old));
    assert!(has(&after, "type Vase "), "{}", after.surface);
    assert!(has(&after, "type Clay "), "{}", after.surface);
    assert!(
        after.names.contains("    \"GET /plants response.pot\",\n"),
        "{}",
        after.names
    );
    assert_eq!(made(DOCUMENT, Some(&after.names)).names, after.names);
}
