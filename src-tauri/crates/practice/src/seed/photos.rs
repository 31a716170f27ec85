//! Pictures of people: drawn for this project, four of them, and some people have none.

use crate::random::Random;
use crate::store::{Row, Tables};

/// Where a user keeps which picture it is.
const PHOTO: &str = "_photo";

/// A picture of somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Photo {
    Dawn,
    Dusk,
    Forest,
    Harbour,
}

impl Photo {
    /// Height and width in pixels.
    pub(crate) const SIDE: u32 = 96;
    const ALL: [(Self, &'static str); 4] =
        [(Self::Dawn, "dawn"), (Self::Dusk, "dusk"), (Self::Forest, "forest"), (Self::Harbour, "harbour")];

    /// The picture of a user; `None` for those who have none.
    pub(crate) fn of(user: &Row) -> Option<Self> {
        Self::ALL.iter().find(|(_, name)| *name == user.text(PHOTO)).map(|(photo, _)| *photo)
    }

    /// The file.
    pub(crate) fn jpeg(self) -> &'static [u8] {
        match self {
            Self::Dawn => include_bytes!("photos/dawn.jpg"),
            Self::Dusk => include_bytes!("photos/dusk.jpg"),
            Self::Forest => include_bytes!("photos/forest.jpg"),
            Self::Harbour => include_bytes!("photos/harbour.jpg"),
        }
    }
}

/// Two of three people with a name of their own get a picture.
pub(crate) fn add(seed: u64, tables: &mut Tables) {
    for user in tables.users.values_mut().filter(|user| !user.text("givenName").is_empty()) {
        let mut random = Random::for_purpose(seed, &format!("photo:{}", user.text("id")));
        if random.below(3) == 0 {
            continue;
        }
        if let Some((_, name)) = random.pick(&Photo::ALL) {
            user.body.insert(PHOTO.into(), (*name).into());
        }
    }
}
