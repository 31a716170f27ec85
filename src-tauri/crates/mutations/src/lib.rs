//! Good input made bad, for tests of whatever reads what others write: bits turned, parts left out, doubled, swapped between
//! samples, cut off, and bytes that mean something to parsers put in. The seed decides; the same seed gives the same inputs.
//!
//! `MUTATIONS=100000000 cargo nextest run -E 'test(mutated)'` tries for as long as you have time.

/// Inputs without end.
#[derive(Debug, Clone)]
pub struct Mutations {
    samples: Vec<Vec<u8>>,
    dice: u64,
}

/// Bytes that mean something to the parsers of this project: HTTP, forms, JSON, TOML, base64, UTF-8.
const TELLING: [&[u8]; 24] = [
    b"\0",
    b"\xff",
    b"\xc3",
    b"\xed\xa0\x80",
    b"\r\n",
    b"\r\n\r\n",
    b"\"",
    b"\\u0000",
    b"\\ud800",
    b"{",
    b"}",
    b"[",
    b"]",
    b"[[",
    b":",
    b"=",
    b"&",
    b"%",
    b"%00",
    b"null",
    b"-1",
    b"1e999",
    b"99999999999999999999",
    b"'''",
];

impl Mutations {
    /// From these samples, with this seed.
    #[must_use]
    pub fn of<T: AsRef<[u8]>>(samples: &[T], seed: u64) -> Self {
        Self { samples: samples.iter().map(|one| one.as_ref().to_vec()).collect(), dice: seed }
    }

    /// How many a test tries: `MUTATIONS`, or this.
    #[must_use]
    pub fn count(otherwise: usize) -> usize {
        std::env::var("MUTATIONS").ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
    }

    /// The next input: one of the samples, changed in one to four ways.
    pub fn next_input(&mut self) -> Vec<u8> {
        let mut input = self.sample();
        for _ in 0..=self.roll(3) {
            self.mutate(&mut input);
        }
        input
    }

    fn mutate(&mut self, input: &mut Vec<u8>) {
        let (start, end) = (self.roll(input.len()), self.roll(input.len()));
        let part = start.min(end)..start.max(end);
        match self.roll(7) {
            0 => {
                let bit = self.roll(7);
                if let Some(byte) = input.get_mut(start) {
                    *byte ^= 1 << bit;
                }
            }
            1 => drop(input.drain(part)),
            2 => {
                let copy = input.get(part.clone()).unwrap_or_default().to_vec();
                input.splice(part.end..part.end, copy);
            }
            3 => input.truncate(start),
            4 => {
                let other = self.sample();
                let (from, to) = (self.roll(other.len()), self.roll(other.len()));
                let piece = other.get(from.min(to)..from.max(to)).unwrap_or_default().to_vec();
                input.splice(part, piece);
            }
            5 => {
                let noise: Vec<u8> = (0..self.roll(32)).map(|_| self.roll(255) as u8).collect();
                input.splice(start..start, noise);
            }
            _ => {
                let telling = TELLING.get(self.roll(TELLING.len() - 1)).copied().unwrap_or_default();
                input.splice(start..start, telling.iter().copied());
            }
        }
    }

    fn sample(&mut self) -> Vec<u8> {
        let which = self.roll(self.samples.len().saturating_sub(1));
        self.samples.get(which).cloned().unwrap_or_default()
    }

    /// From 0 to `most`, both included (`SplitMix64`).
    fn roll(&mut self, most: usize) -> usize {
        self.dice = self.dice.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.dice;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % (most as u64 + 1)) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_inputs_again_and_another_seed_gives_others() {
        let inputs = |seed| {
            let mut mutations = Mutations::of(&["{\"a\": 1}", "b=c&d=e"], seed);
            (0..200).map(|_| mutations.next_input()).collect::<Vec<_>>()
        };
        assert_eq!(inputs(7), inputs(7));
        assert_ne!(inputs(7), inputs(8));
        let different: std::collections::BTreeSet<_> = inputs(7).into_iter().collect();
        assert!(different.len() > 150, "{}", different.len());
    }
}
