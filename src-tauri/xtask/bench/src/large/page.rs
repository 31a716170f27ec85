//! A page in a window, spoken to in WebDriver's protocol: no more of it than is needed here.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::Failure;

const PATIENCE: Duration = Duration::from_secs(60);

/// A window whose page answers to us.
pub(super) struct Page {
    driver: Child,
    port: u16,
    session: String,
}

impl Page {
    /// Starts `program` below tauri-driver, in the surroundings that `prepare` makes.
    pub(super) fn open(program: &Path, prepare: impl FnOnce(&mut Command)) -> Result<Self, Failure> {
        let (port, native) = (free_port()?, free_port()?);
        let mut command = Command::new("tauri-driver");
        command.args(["--port", &port.to_string(), "--native-port", &native.to_string()]);
        prepare(&mut command);
        let driver = command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("tauri-driver did not start: {error}"))?;
        let mut page = Self { driver, port, session: String::new() };
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "tauri:options": { "application": program, "args": ["--practice"] },
        } } });
        let begun = Instant::now();
        let answer = loop {
            match page.ask("/session", &wanted) {
                Ok(answer) => break answer,
                Err(error) if begun.elapsed() > PATIENCE => return Err(error),
                Err(_) => std::thread::sleep(Duration::from_millis(200)),
            }
        };
        page.session = answer["sessionId"].as_str().ok_or("the window gave no session")?.to_owned();
        page.ask(&format!("/session/{}/timeouts", page.session), &json!({ "script": 120_000 }))?;
        Ok(page)
    }

    /// The driver, with the window below it.
    pub(super) fn process(&self) -> u32 {
        self.driver.id()
    }

    /// Runs a script that answers at once.
    pub(super) fn script(&self, script: &str) -> Result<Value, Failure> {
        self.run("sync", script, &json!([]))
    }

    /// Runs a script that answers through a callback.
    pub(super) fn slow_script(&self, script: &str, argument: &str) -> Result<Value, Failure> {
        self.run("async", script, &json!([argument]))
    }

    /// Waits until a script says true.
    pub(super) fn until(&self, script: &str) -> Result<(), Failure> {
        let begun = Instant::now();
        while self.script(script)? != Value::Bool(true) {
            if begun.elapsed() > PATIENCE {
                let text = self.script("return document.body.innerText")?;
                return Err(format!("waited in vain for {script}; the page says:\n{text}").into());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Ok(())
    }

    fn run(&self, kind: &str, script: &str, arguments: &Value) -> Result<Value, Failure> {
        let path = format!("/session/{}/execute/{kind}", self.session);
        self.ask(&path, &json!({ "script": script, "args": arguments }))
    }

    fn ask(&self, path: &str, body: &Value) -> Result<Value, Failure> {
        let answer = exchange(self.port, "POST", path, &body.to_string())?;
        let answer: Value = serde_json::from_str(&answer)?;
        match answer["value"]["error"].as_str() {
            Some(_) => Err(answer["value"]["message"].to_string().into()),
            None => Ok(answer["value"].clone()),
        }
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        let _ = exchange(self.port, "DELETE", &format!("/session/{}", self.session), "");
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// One request on a connection of its own; what the answer holds.
fn exchange(port: u16, method: &str, path: &str, body: &str) -> Result<String, Failure> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(Duration::from_secs(180)))?;
    write!(
        stream,
        "{method} {path} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let (_, content) = answer.split_once("\r\n\r\n").ok_or("an answer without content")?;
    Ok(content.to_owned())
}

fn free_port() -> Result<u16, Failure> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
