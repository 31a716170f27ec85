//! A screen that nobody looks at, and what is painted on it.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::damage::{ConnectionExt as _, ReportLevel};
use x11rb::protocol::xproto::{ConnectionExt as _, ImageFormat, Window};
use x11rb::rust_connection::RustConnection;

use crate::Failure;

/// The size of both windows, in the upper left corner: there is no window manager.
const WIDTH: u16 = 1120;
const HEIGHT: u16 = 760;

/// Text has this many pixels that are not background, in at least [`COLOURS`] colours: its edges are smoothed.
const INK: usize = 1_000;
const COLOURS: usize = 4;

/// An X server without a screen, and our ear on it.
pub(crate) struct Screen {
    server: Child,
    connection: RustConnection,
    root: Window,
    /// For `DISPLAY`.
    pub(crate) name: String,
}

impl Screen {
    /// Starts the server.
    pub(crate) fn start() -> Result<Self, Failure> {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1280x900x24", "-br", "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("Xvfb did not start: {error}"))?;
        let mut number = String::new();
        if let Some(output) = server.stdout.take() {
            BufReader::new(output).read_line(&mut number)?;
        }
        let name = format!(":{}", number.trim());
        let (connection, screen) = x11rb::connect(Some(&name))?;
        let root = connection.setup().roots.get(screen).ok_or("Xvfb has no screen")?.root;
        connection.damage_query_version(1, 1)?.reply()?;
        let damage = connection.generate_id()?;
        connection.damage_create(damage, root, ReportLevel::RAW_RECTANGLES)?.check()?;
        Ok(Self { server, connection, root, name })
    }

    /// Waits for the next change of the picture, until `until` at most.
    pub(crate) fn next_change(&self, until: Instant) -> Result<Option<Instant>, Failure> {
        loop {
            while let Some(event) = self.connection.poll_for_event()? {
                if let Event::DamageNotify(_) = event {
                    return Ok(Some(Instant::now()));
                }
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(None);
            }
            let mut ear = [PollFd::new(self.connection.stream(), PollFlags::IN)];
            poll(&mut ear, Some(&Timespec::try_from(left)?))?;
        }
    }

    /// Forgets changes that were not waited for.
    pub(crate) fn forget_changes(&self) -> Result<(), Failure> {
        while self.next_change(Instant::now() + Duration::from_millis(50))?.is_some() {}
        Ok(())
    }

    /// Whether there is something to read where the window is.
    pub(crate) fn shows_text(&self) -> Result<bool, Failure> {
        let picture = self
            .connection
            .get_image(ImageFormat::Z_PIXMAP, self.root, 0, 0, WIDTH, HEIGHT, !0)?
            .reply()?
            .data;
        Ok(has_text(&picture))
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// Pixels of four bytes. The corner at the lower right belongs to no text.
fn has_text(picture: &[u8]) -> bool {
    let (pixels, _) = picture.as_chunks::<4>();
    let Some(background) = pixels.last() else { return false };
    let mut colours: Vec<[u8; 4]> = Vec::with_capacity(COLOURS);
    let mut ink = 0_usize;
    for pixel in pixels.iter().filter(|pixel| *pixel != background) {
        ink += 1;
        if colours.len() < COLOURS && !colours.contains(pixel) {
            colours.push(*pixel);
        }
    }
    ink >= INK && colours.len() >= COLOURS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_window_and_plain_surfaces_are_no_text() {
        let white = [255_u8; 4].repeat(10_000);
        assert!(!has_text(&white));
        let mut with_rail = [200_u8; 4].repeat(5_000);
        with_rail.extend(&white);
        assert!(!has_text(&with_rail));
        let mut with_text: Vec<u8> = (0..=200_u8).flat_map(|grey| [grey; 4].repeat(10)).collect();
        with_text.extend(&white);
        assert!(has_text(&with_text));
        assert!(!has_text(&[]));
    }
}
