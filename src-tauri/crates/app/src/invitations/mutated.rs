//! Bad input from anywhere: links and files that others wrote, changed at random.

use mutations::Mutations;

use super::tests::invitation;
use super::{file, link, read, rules};

#[test]
fn mutated_invitations_are_refused_or_mean_what_they_say() {
    let good = invitation();
    let samples = [
        link::write(&good).unwrap(),
        file::write(&good),
        link::write(&contract::Invitation {
            accounts: contract::AccountKind::Work,
            greeting: String::new(),
            ..good.clone()
        })
        .unwrap(),
    ];
    for sample in &samples {
        read(sample).unwrap();
    }
    let mut mutations = Mutations::of(&samples, 51);
    let mut read_anyway = 0;
    for _ in 0..Mutations::count(40_000) {
        let input = mutations.next_input();
        let text = String::from_utf8_lossy(&input);
        let Ok(invitation) = read(&text) else { continue };
        read_anyway += 1;
        // What is accepted keeps every rule, and says the same after another trip.
        assert!(!invitation.features.is_empty() && invitation.features.len() <= 7);
        assert!(invitation.client_id.len() == 36 && invitation.cloud != contract::CloudId::Custom);
        for (text, most) in [
            (&invitation.product, rules::LONGEST_PRODUCT),
            (&invitation.organisation, rules::LONGEST_ORGANISATION),
            (&invitation.greeting, rules::LONGEST_GREETING),
        ] {
            assert!(text.chars().count() <= most);
            assert!(!blueprint::text::has_hidden(text, true), "{text:?}");
        }
        assert_eq!(read(&file::write(&invitation)).as_ref(), Ok(&invitation));
        if let Ok(link) = link::write(&invitation) {
            assert_eq!(read(&link).as_ref(), Ok(&invitation));
        }
    }
    assert!(read_anyway > 0, "the changes are too rough to find anything");
}
