//! How the page is drawn where no graphics card is (Linux).
//!
//! WebKit draws through OpenGL. Without a card the processor plays one, for which a compiler is loaded and every picture is
//! drawn twice: 80 MiB more of memory, and slower than WebKit's own drawing. Its setting for that (`hardware-acceleration-policy`)
//! comes too late once a web view exists, and Tauri makes it: so it is told by the variable that WebKit reads at its start.

use std::path::Path;

/// WebKit draws by itself.
const WITHOUT: &str = "WEBKIT_DISABLE_COMPOSITING_MODE";
/// Somebody insists on OpenGL.
const WITH: &str = "WEBKIT_FORCE_COMPOSITING_MODE";

/// Tells WebKit, unless somebody already has. To be called before anything else runs beside.
pub(crate) fn settle() {
    let told = [WITHOUT, WITH].iter().any(|name| std::env::var_os(name).is_some());
    if !told && !has_card(Path::new("/dev")) {
        // Refused only for names that no variable may have.
        let _ = glib::setenv(WITHOUT, "1", false);
    }
}

/// Whether the system lends anything that draws: a render node of the kernel, NVIDIA's own, or that of a Linux inside Windows.
fn has_card(devices: &Path) -> bool {
    let nodes = std::fs::read_dir(devices.join("dri")).into_iter().flatten().flatten();
    let mut nodes = nodes.map(|node| node.file_name().to_string_lossy().starts_with("renderD"));
    nodes.any(|renders| renders) || ["nvidiactl", "dxg"].iter().any(|name| devices.join(name).exists())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_known_by_its_render_node() -> std::io::Result<()> {
        let devices = tempfile::tempdir()?;
        assert!(!has_card(devices.path()), "nothing there");
        let dri = devices.path().join("dri");
        std::fs::create_dir(&dri)?;
        std::fs::write(dri.join("card0"), "")?;
        assert!(!has_card(devices.path()), "a card that only shows pictures");
        std::fs::write(dri.join("renderD128"), "")?;
        assert!(has_card(devices.path()));
        for name in ["nvidiactl", "dxg"] {
            let devices = tempfile::tempdir()?;
            std::fs::write(devices.path().join(name), "")?;
            assert!(has_card(devices.path()), "{name}");
        }
        Ok(())
    }
}
