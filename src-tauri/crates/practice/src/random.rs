//! A small reproducible generator for the seeded organisation. Nothing that guards anything comes from here.

/// SplitMix64 (Steele, Lea, Flood 2014): one 64-bit state, equidistributed, the same on every machine.
#[derive(Debug, Clone)]
pub(crate) struct Random(u64);

impl Random {
    /// A stream that depends on the seed and on what it is for, so that adding one object does not shift all others.
    pub(crate) fn for_purpose(seed: u64, purpose: &str) -> Self {
        // FNV-1a: stable across releases, unlike the standard library's hasher.
        let hash = purpose.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ hash)
    }

    /// The next 64 bits.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `bound`; 0 when `bound` is 0.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        if bound == 0 { 0 } else { usize::try_from(self.next() % bound as u64).unwrap_or(0) }
    }

    /// A number in 0..1.
    pub(crate) fn fraction(&mut self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
        let value = (self.next() >> 11) as f64;
        value / 9_007_199_254_740_992.0
    }

    /// One of several; `None` only for an empty slice.
    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }

    /// A GUID-shaped id (version 4 bits set).
    pub(crate) fn guid(&mut self) -> String {
        let bits = (u128::from(self.next()) << 64) | u128::from(self.next());
        uuid::Builder::from_random_bytes(bits.to_be_bytes()).into_uuid().to_string()
    }
}

/// A GUID that belongs to a name under a seed: asking twice gives the same.
pub(crate) fn guid_for(seed: u64, purpose: &str) -> String {
    Random::for_purpose(seed, purpose).guid()
}

/// A fresh GUID from the operating system, for objects created at run time.
pub(crate) fn fresh_guid() -> String {
    uuid::Builder::from_random_bytes(rand::random::<[u8; 16]>()).into_uuid().to_string()
}

/// A fresh unguessable token of 256 bits, base64url.
pub(crate) fn fresh_token() -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_ids_everywhere() {
        assert_eq!(guid_for(1, "tenant"), guid_for(1, "tenant"));
        assert_ne!(guid_for(1, "tenant"), guid_for(2, "tenant"));
        assert_ne!(guid_for(1, "tenant"), guid_for(1, "organisation"));
        assert_eq!(guid_for(1, "tenant").as_bytes()[14], b'4');
    }
}
