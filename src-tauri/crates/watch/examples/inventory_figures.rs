//! Figures of the inventory with many registrations: requests, time against a bare loop that downloads the same pages,
//! opening, filtering, memory.
//!
//! `cargo run --release -p watch --example inventory_figures -- [registrations] [milliseconds of latency] [rounds]`
//! (50000, 0 and 3). The practice tenant runs in a process of its own, so that its memory is not counted.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::panic)]

use std::collections::HashSet;
use std::io::{BufRead as _, BufReader, Lines, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use graph::{AccessToken, ClaimsChallenge, GraphClient, TokenRefusal, TokenSource};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use net::http::{ClientOptions, ProxySource};
use practice::{Options, PracticeTenant};
use serde_json::Value;
use tokio_util::sync::CancellationToken;
use url::Url;
use watch::inventory::{FACETS, Facet, Progress, Query, Store, SyncObserver, View, query, sync, timeline};

/// The allocator of the program.
#[global_allocator]
static WIPES: zeroizing_alloc::ZeroAlloc<std::alloc::System> = zeroizing_alloc::ZeroAlloc(std::alloc::System);

const COMMAND_LINE: &str = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";

#[allow(clippy::disallowed_methods)] // What is measured is real time.
fn now() -> Timestamp {
    Timestamp::now()
}

struct Tenant {
    child: Child,
    base: Url,
    id: String,
    /// What the other process says.
    lines: Lines<BufReader<ChildStdout>>,
}

/// A request for Graph, as the tenant received it.
struct Asked {
    method: String,
    path: String,
    query: String,
}

impl Tenant {
    fn start(registrations: &str, latency: &str) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--tenant", registrations, latency])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut line = || lines.next().unwrap().unwrap();
        Self { base: line().parse().unwrap(), id: line(), child, lines }
    }

    /// What was asked since the last time. The other process counts: its log with all answers is hundreds of megabytes.
    fn asked(&mut self) -> Vec<Asked> {
        self.child.stdin.as_mut().unwrap().write_all(b"\n").unwrap();
        let mut line = || self.lines.next().unwrap().unwrap();
        let number: usize = line().parse().unwrap();
        let mut one = || {
            let text = line();
            let mut parts = text.splitn(3, ' ').map(str::to_owned);
            let mut part = || parts.next().unwrap();
            Asked { method: part(), path: part(), query: part() }
        };
        (0..number).map(|_| one()).collect()
    }
}

impl Drop for Tenant {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The other process.
async fn play(registrations: usize, latency: u64) {
    let small = PracticeTenant::start(Options { applications: 5, ..Options::default() }).await.unwrap();
    let admin = small.people().into_iter().find(|person| person.role == "Global Administrator").unwrap().upn;
    let options = Options {
        applications: registrations,
        latency: Duration::from_millis(latency),
        sign_in_as: Some(admin),
        ..Options::default()
    };
    let tenant = PracticeTenant::start(options).await.unwrap();
    println!("{}\n{}", tenant.base_url(), tenant.tenant_id());
    std::io::stdout().flush().unwrap();
    // Tells what was asked, until the other side is gone.
    let mut told = 0;
    while tokio::task::spawn_blocking(|| std::io::stdin().read(&mut [0])).await.unwrap().unwrap() > 0 {
        let new = tenant.requests().split_off(told);
        told += new.len();
        let graph: Vec<_> =
            new.iter().filter(|one| one.path.starts_with("/v1.0") || one.path.starts_with("/beta")).collect();
        println!("{}", graph.len());
        for one in graph {
            println!("{} {} {}", one.method, one.path, one.query.as_deref().unwrap_or_default());
        }
        std::io::stdout().flush().unwrap();
    }
}

fn http() -> reqwest::Client {
    net::http::client(&ClientOptions {
        proxy: ProxySource::Direct,
        ..ClientOptions::new("Gatehouse/figures")
    })
    .unwrap()
}

struct Held(AccessToken);

#[async_trait]
impl TokenSource for Held {
    async fn token(&self, _: &[&str], _: Option<&ClaimsChallenge>) -> Result<AccessToken, TokenRefusal> {
        Ok(self.0.clone())
    }
}

async fn token(tenant: &Tenant) -> String {
    let login = tenant.base.join(&format!("{}/oauth2/v2.0/", tenant.id)).unwrap();
    let mut url = login.join("authorize").unwrap();
    url.query_pairs_mut()
        .append_pair("client_id", COMMAND_LINE)
        .append_pair("response_type", "code")
        .append_pair("response_mode", "query")
        .append_pair("redirect_uri", "http://localhost")
        .append_pair("scope", "https://graph.microsoft.com/.default");
    let answer = http().get(url).send().await.unwrap();
    let back = Url::parse(answer.headers()["location"].to_str().unwrap()).unwrap();
    let code = back.query_pairs().find(|(name, _)| name == "code").unwrap().1.into_owned();
    let form = [
        ("grant_type", "authorization_code"),
        ("client_id", COMMAND_LINE),
        ("redirect_uri", "http://localhost"),
        ("code", &code),
    ];
    let answer = http().post(login.join("token").unwrap()).form(&form).send().await.unwrap();
    let body: Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
    body["access_token"].as_str().unwrap().to_owned()
}

/// Downloads what comes before the first rows, and does nothing with it: the link to what changes meanwhile, and a page.
async fn bare_beginning(tenant: &Tenant, token: &str, urls: &[String]) -> Duration {
    let (http, begun) = (http(), Instant::now());
    for url in urls {
        download(&http, token, tenant.base.join(url).unwrap()).await;
    }
    begun.elapsed()
}

/// Waits as long as it is told to, as any client must.
async fn download(http: &reqwest::Client, token: &str, url: Url) -> Vec<u8> {
    loop {
        let request = http.get(url.clone()).bearer_auth(token).header("ConsistencyLevel", "eventual");
        let answer = request.send().await.unwrap();
        let wait = answer.headers().get("retry-after").map(|wait| wait.to_str().unwrap().parse().unwrap());
        match wait {
            Some(seconds) => tokio::time::sleep(Duration::from_secs(seconds)).await,
            None => return answer.bytes().await.unwrap().to_vec(),
        }
    }
}

/// Downloads the pages that begin at `url`, and does nothing with them.
async fn bare(tenant: &Tenant, token: &str, url: &str) -> (Duration, usize, usize) {
    let http = http();
    let (begun, mut pages, mut bytes) = (Instant::now(), 0, 0);
    let mut next = Some(tenant.base.join(url).unwrap());
    while let Some(url) = next {
        let body = download(&http, token, url).await;
        (pages, bytes) = (pages + 1, bytes + body.len());
        let text = std::str::from_utf8(&body).unwrap();
        next = text
            .split_once("\"@odata.nextLink\":\"")
            .map(|(_, rest)| rest.split('"').next().unwrap().parse().unwrap());
    }
    (begun.elapsed(), pages, bytes)
}

/// Memory in use, in MiB.
fn memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kib| kib.parse::<f64>().ok()).unwrap_or_default() / 1024.0
}

struct First(std::sync::Mutex<Option<Duration>>, Instant);

impl SyncObserver for First {
    fn progress(&self, progress: &Progress) {
        if matches!(progress, Progress::Reading { .. }) {
            self.0.lock().unwrap().get_or_insert(self.1.elapsed());
        }
    }
}

fn view() -> View {
    View { now: now(), zone: TimeZone::system(), ours: HashSet::new(), notes: Default::default() }
}

fn percentile(mut times: Vec<Duration>, share: f64) -> f64 {
    times.sort_unstable();
    let at = ((times.len() - 1) as f64 * share).round() as usize;
    times[at].as_secs_f64() * 1000.0
}

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.first().is_some_and(|first| first == "--tenant") {
        return play(arguments[1].parse().unwrap(), arguments[2].parse().unwrap()).await;
    }
    if arguments.first().is_some_and(|first| first == "--list") {
        return list(Path::new(&arguments[1]), &arguments[2]);
    }
    let registrations = arguments.first().map_or("50000", String::as_str);
    let latency = arguments.get(1).map_or("0", String::as_str);
    let rounds: usize = arguments.get(2).map_or(3, |text| text.parse().unwrap());
    let mut tenant = Tenant::start(registrations, latency);
    let token = token(&tenant).await;
    let folder = std::env::temp_dir().join(format!("inventory-figures-{}", std::process::id()));
    let graph = GraphClient::new(
        http(),
        tenant.base.clone(),
        Arc::new(Held(AccessToken::new(token.clone()))),
        Arc::new(now),
    )
    .unwrap();
    let cancel = CancellationToken::new();
    println!("registrations\t{registrations}\nlatency\t{latency} ms");

    let (mut scans, mut bares, mut firsts) = (vec![], vec![], vec![]);
    let mut lists = Vec::new();
    for round in 0..rounds {
        tenant.asked();
        let store = Store::open(&folder.join(round.to_string()), &tenant.id, now()).unwrap();
        let first = First(std::sync::Mutex::new(None), Instant::now());
        let begun = Instant::now();
        let synced = sync(&graph, &store, &first, &cancel).await.unwrap();
        scans.push(begun.elapsed());
        firsts.push(first.0.into_inner().unwrap().unwrap());
        let asked = tenant.asked();
        if round == 0 {
            let of = |path: &str| asked.iter().filter(|one| one.path == path).count();
            println!("apps\t{}", synced.apps);
            println!(
                "requests\t{} in all: applications {}, servicePrincipals {}",
                asked.len(),
                of("/v1.0/applications"),
                of("/v1.0/servicePrincipals")
            );
            // Registrations are asked for before anything else; later lists of them are questions of their own.
            let first = asked.iter().position(|one| one.path.starts_with("/v1.0/servicePrincipals")).unwrap();
            let pages = asked[..first].iter().filter(|one| one.path == "/v1.0/applications").count();
            println!("list requests\t{pages}");
            assert_eq!(pages, registrations.parse::<usize>().unwrap().div_ceil(999));
            sync(&graph, &store, &first_of(), &cancel).await.unwrap();
            let again = tenant.asked();
            println!(
                "requests of a second scan\t{:?}",
                again.iter().map(|one| one.path.as_str()).collect::<Vec<_>>()
            );
            // What the scan asked, in the order of its lists, without the pages that links lead to.
            lists = asked
                .iter()
                .filter(|one| one.method == "GET" && !one.query.contains("skiptoken"))
                .map(|one| format!("{}?{}", one.path.trim_start_matches('/'), one.query))
                .collect();
        }
        let (mut time, mut pages, mut bytes) = (Duration::ZERO, 0, 0);
        for list in &lists {
            let (t, p, b) = bare(&tenant, &token, list).await;
            (time, pages, bytes) = (time + t, pages + p, bytes + b);
        }
        bares.push(time);
        if round == 0 {
            println!("the same pages, bare\t{pages} pages, {:.1} MB", bytes as f64 / 1e6);
        }
    }
    let (scan, bare) = (percentile(scans, 0.5), percentile(bares, 0.5));
    println!("first scan\t{scan:.0} ms, bare loop {bare:.0} ms, ratio {:.2}", scan / bare);
    let mut bares = vec![];
    for _ in 0..5 {
        bares.push(bare_beginning(&tenant, &token, &lists[..2]).await);
    }
    let (first, bare) = (percentile(firsts, 0.5), percentile(bares, 0.5));
    println!("first rows\t{first:.0} ms, bare requests {bare:.0} ms, ratio {:.2}", first / bare);

    // What follows begins as after a restart.
    let listed = Command::new(std::env::current_exe().unwrap())
        .arg("--list")
        .arg(folder.join("0"))
        .arg(&tenant.id)
        .status()
        .unwrap();
    assert!(listed.success());
    std::fs::remove_dir_all(&folder).unwrap();
}

/// Opens, pages, filters: what was read is on the disk alone.
fn list(folder: &Path, organisation: &str) {
    let before = memory();
    let begun = Instant::now();
    let store = Store::open(folder, organisation, now()).unwrap();
    let opened = begun.elapsed();
    let page = query(&store, &Query { limit: 100, ..Query::default() }, &view()).unwrap();
    println!(
        "open\t{:.1} ms ({:.1} ms for the file), {} apps",
        begun.elapsed().as_secs_f64() * 1e3,
        opened.as_secs_f64() * 1e3,
        page.known
    );
    println!("memory\t+{:.1} MiB once open", memory() - before);
    let mut times = Vec::new();
    for step in 1..=100 {
        let wanted = Query { offset: page.known * step / 101, limit: 60, ..Query::default() };
        let begun = Instant::now();
        query(&store, &wanted, &view()).unwrap();
        times.push(begun.elapsed());
    }
    println!("page\tmedian {:.1} ms, 95 % {:.1} ms", percentile(times.clone(), 0.5), percentile(times, 0.95));
    // A list that opens while every app is read through, as reminders and findings do.
    let (reading, done) = (store.clone(), Arc::new(AtomicBool::new(false)));
    let end = done.clone();
    let reader = std::thread::spawn(move || {
        while !end.load(Ordering::Relaxed) {
            reading.each(|_| ()).unwrap();
        }
    });
    let mut times = Vec::new();
    for _ in 0..20 {
        store.rest();
        let begun = Instant::now();
        query(&store, &Query { limit: 60, ..Query::default() }, &view()).unwrap();
        times.push(begun.elapsed());
    }
    done.store(true, Ordering::Relaxed);
    reader.join().unwrap();
    println!(
        "open beside a reader\tmedian {:.1} ms, worst {:.1} ms",
        percentile(times.clone(), 0.5),
        percentile(times, 1.0)
    );

    let mut times = Vec::new();
    for text in ["c", "ca", "cal", "cale", "calen", "calend", "sync", "s y n", "0000", "zzzz", "pro d", "ü"]
    {
        for facets in
            [vec![], vec![FACETS[1]], vec![Facet::named("kind", "registration").unwrap(), FACETS[3]]]
        {
            let wanted = Query { text: text.to_owned(), facets, limit: 100, ..Query::default() };
            let begun = Instant::now();
            query(&store, &wanted, &view()).unwrap();
            times.push(begun.elapsed());
        }
    }
    println!(
        "filter\tmedian {:.1} ms, 95 % {:.1} ms, worst {:.1} ms",
        percentile(times.clone(), 0.5),
        percentile(times.clone(), 0.95),
        percentile(times, 1.0)
    );
    let begun = Instant::now();
    let seen = timeline(&store, None, 24, &Query::default(), &view()).unwrap();
    println!("timeline\t{:.1} ms, {} days", begun.elapsed().as_secs_f64() * 1e3, seen.days.len());
    println!("memory\t+{:.1} MiB after filtering", memory() - before);
    let size: u64 =
        std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().metadata().unwrap().len()).sum();
    println!("file\t{:.1} MB", size as f64 / 1e6);
}

fn first_of() -> First {
    First(std::sync::Mutex::new(None), Instant::now())
}
