//! Drawing where there is no graphics card (Linux).
//!
//! WebKitGTK composes every page with OpenGL. On a computer without a card (a virtual machine, a remote desktop), the processor
//! plays the card: with a compiler for shaders and copies of the picture that cost 80 MiB, and a list that scrolls at a fifth of
//! the speed (measured in docs/performance.md). There, WebKit is told to draw straight into the window. A computer with a card
//! keeps what WebKit does by itself.

use std::path::Path;

/// Where Linux lists graphics cards.
const CARDS: &str = "/dev/dri";

/// What WebKitGTK reads before its first page. Its settings come too late for that one: Tauri has begun to load it by then.
const NO_COMPOSING: &str = "WEBKIT_DISABLE_COMPOSITING_MODE";

/// Looks at the computer. To be called before there is a second thread, which might be reading the environment; what the
/// person has set stays.
pub(crate) fn settle() {
    if !has_card(Path::new(CARDS))
        && let Err(error) = glib::setenv(NO_COMPOSING, "1", false)
    {
        tracing::warn!(%error, "the web view draws as if there were a graphics card");
    }
}

/// Whether a card is there that draws: the kernel names those `renderD128` and so on.
fn has_card(cards: &Path) -> bool {
    std::fs::read_dir(cards).is_ok_and(|entries| {
        entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with("renderD"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_screen_without_a_renderer_is_no_card() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        assert!(!has_card(&folder.path().join("absent")));
        std::fs::write(folder.path().join("card0"), "")?;
        assert!(!has_card(folder.path()), "a simple frame buffer");
        std::fs::write(folder.path().join("renderD128"), "")?;
        assert!(has_card(folder.path()));
        Ok(())
    }
}
