//! Where a space keeps its things. Practice, real organisations and every test bed have a folder and a vault of their own:
//! what belongs to one is never found by another.

use std::path::{Path, PathBuf};

use contract::Space;
use identity::Cloud;
use url::Url;

/// A folder and the name of the vault in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) folder: PathBuf,
    pub(super) vault: &'static str,
}

impl Place {
    /// The place of a space; with a custom cloud, the place of exactly these addresses.
    pub(crate) fn of(data: &Path, space: Space, custom: Option<&Cloud>) -> Self {
        match (space, custom) {
            (Space::Practice, _) => Self { folder: data.join("practice"), vault: "practice" },
            (Space::Real, None) => Self { folder: data.join("real"), vault: "real" },
            (Space::Real, Some(cloud)) => {
                let mut hosts = vec![host(cloud.login())];
                for other in [host(cloud.graph()), host(cloud.exchange())] {
                    if !hosts.contains(&other) {
                        hosts.push(other);
                    }
                }
                Self { folder: data.join(format!("custom-{}", hosts.join("_"))), vault: "custom" }
            }
        }
    }
}

/// Host and port, and the path where several share a host, as letters that a folder may have.
fn host(url: &Url) -> String {
    let address = format!(
        "{}-{}{}",
        url.host_str().unwrap_or_default(),
        url.port_or_known_default().unwrap_or_default(),
        url.path().trim_end_matches('/')
    );
    address
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() || letter == '.' { letter } else { '-' })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_a_place_of_its_own() {
        let data = Path::new("/data");
        let bed = |port: u16| {
            let base = format!("http://localhost:{port}/");
            Cloud::on_this_computer("lab", &base, &base, &base).unwrap()
        };
        let (one, other) = (bed(8080), bed(8081));
        let of = |space, cloud| Place::of(data, space, cloud).folder;
        assert_eq!(of(Space::Practice, None), data.join("practice"));
        assert_eq!(of(Space::Real, None), data.join("real"));
        assert_eq!(of(Space::Real, Some(&one)), data.join("custom-localhost-8080"));
        assert_eq!(of(Space::Real, Some(&other)), data.join("custom-localhost-8081"));
    }

    #[test]
    fn an_address_never_leads_out_of_the_folder() {
        let base = "http://[::1]:1/../..%2f..%2fetc/";
        let cloud = Cloud::on_this_computer("x", base, base, base).unwrap();
        let folder = Place::of(Path::new("/data"), Space::Real, Some(&cloud)).folder;
        assert_eq!(folder.parent(), Some(Path::new("/data")), "{folder:?}");
    }
}
