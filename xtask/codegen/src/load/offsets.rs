//! Character indices, which the YAML parser counts in, → byte offsets, which places are made of.

/// How many bytes are looked at together: documents are ASCII for the most part.
const CHUNK: usize = 64;

/// The byte offset of every character of a text.
pub(super) struct Offsets<'a> {
    text: &'a str,
    wide: Vec<Wide>,
}

/// A character of more than one byte.
struct Wide {
    /// The index of the character behind it.
    next: usize,
    /// How many more bytes than characters there are up to that one.
    extra: usize,
}

impl<'a> Offsets<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut wide: Vec<Wide> = Vec::new();
        for (number, chunk) in text.as_bytes().chunks(CHUNK).enumerate() {
            if chunk.is_ascii() {
                continue;
            }
            for (index, byte) in chunk.iter().enumerate() {
                let offset = number * CHUNK + index;
                // The first byte of a character says how many there are: 11…, 111…, 1111….
                let more = match byte {
                    0xF0.. => 3,
                    0xE0.. => 2,
                    0xC0.. => 1,
                    _ => continue,
                };
                let before = wide.last().map_or(0, |last| last.extra);
                wide.push(Wide {
                    next: offset - before + 1,
                    extra: before + more,
                });
            }
        }
        Self { text, wide }
    }

    /// The byte offset of the character at `index`, or the text's length when there are fewer.
    pub(super) fn byte(&self, index: usize) -> usize {
        let before = self.wide.partition_point(|wide| wide.next <= index);
        let extra = match before {
            0 => 0,
            before => self.wide[before - 1].extra,
        };
        (index + extra).min(self.text.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_has_its_byte_offset() {
        for text in ["", "abc", &"é".repeat(200), &"a😀\r\n".repeat(70)] {
            let offsets = Offsets::new(text);
            for (index, (offset, _)) in text.char_indices().enumerate() {
                assert_eq!(offsets.byte(index), offset);
            }
            let count = text.chars().count();
            assert_eq!(offsets.byte(count), text.len());
            assert_eq!(offsets.byte(count + 1000), text.len());
        }
    }
}
