//! Character indices, which the YAML parser counts in, → byte offsets, which places are made of.

/// How many characters lie between two known offsets.
const STEP: usize = 64;

/// The byte offset of every character of a text.
pub(super) struct Offsets<'a> {
    text: &'a str,
    /// The byte offset of every `STEP`th character; empty when all characters are one byte.
    known: Vec<usize>,
}

impl<'a> Offsets<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let known = if text.is_ascii() {
            Vec::new()
        } else {
            let characters = text.char_indices().map(|(offset, _)| offset);
            characters.step_by(STEP).collect()
        };
        Self { text, known }
    }

    /// The byte offset of the character at `index`, or the text's length when there are fewer.
    pub(super) fn byte(&self, index: usize) -> usize {
        if self.known.is_empty() {
            return index.min(self.text.len());
        }
        let Some(&start) = self.known.get(index / STEP) else {
            return self.text.len();
        };
        let mut rest = self.text[start..].char_indices();
        rest.nth(index % STEP)
            .map_or(self.text.len(), |(offset, _)| start + offset)
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
