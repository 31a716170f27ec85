//! Bad days on order: which request goes wrong, and how.
//!
//! A faults file (or the body of `POST /_practice/faults`) is JSON:
//! ```json
//! {
//!   "lag": "realistic",
//!   "faults": [
//!     {"method": "POST", "path": "/v1.0/applications/*/addPassword", "nth": [1], "action": {"do": "drop", "commit": true}},
//!     {"path": "/v1.0/**", "probability": 0.05, "action": {"do": "throttle", "retry_after": 2}}
//!   ]
//! }
//! ```

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::random::Random;

/// The content of a faults file.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaultsFile {
    /// Replication lag: `"none"`, `"realistic"`, `"documented"` or an object with the single delays.
    #[serde(default)]
    pub lag: Option<LagSetting>,
    /// The faults, looked through from the top; the first that fires wins.
    #[serde(default)]
    pub faults: Vec<Fault>,
    /// Decides when faults with a probability fire; the tenant's seed when absent.
    #[serde(default)]
    pub seed: Option<u64>,
}

/// How a faults file names the lag.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum LagSetting {
    /// A named profile.
    Profile(LagProfile),
    /// The single delays.
    Delays(Lag),
}

/// A named set of delays.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LagProfile {
    /// Everything is visible at once.
    None,
    /// Some seconds, as on an ordinary day at Microsoft.
    Realistic,
    /// [`Lag::DOCUMENTED`]: Exchange takes its time.
    Documented,
}

/// The longest time, in milliseconds, until a write is seen everywhere.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Lag {
    /// New objects.
    pub objects_ms: u64,
    /// Changes of objects.
    pub changes_ms: u64,
    /// Grants in newly issued tokens.
    pub grants_ms: u64,
    /// New client secrets and certificates at the token endpoint, and removed ones until it refuses them.
    pub secrets_ms: u64,
    /// Changes of who may open which mailbox (RBAC for Applications, application access policies), until Graph heeds them.
    /// The cmdlets that test it look past this.
    pub mailbox_access_ms: u64,
    /// A mailbox, after its owner got a licence.
    pub mailboxes_ms: u64,
    /// Sign-ins, until logs and reports tell of them.
    pub sign_ins_ms: u64,
}

impl Lag {
    /// Some seconds, as on an ordinary day at Microsoft.
    pub const REALISTIC: Self = Self {
        objects_ms: 4_000,
        changes_ms: 2_000,
        grants_ms: 6_000,
        secrets_ms: 8_000,
        mailbox_access_ms: 9_000,
        mailboxes_ms: 9_000,
        sign_ins_ms: 9_000,
    };

    /// The same with Exchange as slow as Microsoft says: half an hour until it heeds a change of mailbox access (its
    /// cache lives between 30 minutes and 2 hours), a quarter of an hour for a mailbox (no figure is published), and five
    /// minutes for a sign-in ("Microsoft Entra activity log latency").
    pub const DOCUMENTED: Self =
        Self { mailbox_access_ms: 1_800_000, mailboxes_ms: 900_000, sign_ins_ms: 300_000, ..Self::REALISTIC };
}

/// One fault and when it fires.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// Only this method; any when absent.
    #[serde(default)]
    pub method: Option<String>,
    /// The path: `*` stands for one segment (or a part of it), `**` for any number of them.
    pub path: String,
    /// Only these matching requests, counted from 1; all when empty.
    #[serde(default)]
    pub nth: Vec<u64>,
    /// Fires with this chance, decided by the seed.
    #[serde(default)]
    pub probability: Option<f64>,
    /// Stops after having fired this often.
    #[serde(default)]
    pub times: Option<u64>,
    /// What goes wrong.
    pub action: Action,
}

impl Fault {
    /// A fault on each request for `path`.
    pub fn on(method: &str, path: &str, action: Action) -> Self {
        Self {
            method: Some(method.to_owned()),
            path: path.to_owned(),
            nth: vec![],
            probability: None,
            times: None,
            action,
        }
    }

    /// The same, only once.
    #[must_use]
    pub fn once(mut self) -> Self {
        self.times = Some(1);
        self
    }
}

/// What goes wrong. `commit` decides whether the request takes effect first.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum Action {
    /// Answers with this status; without a body, one in Graph's error shape is made up.
    Status {
        /// HTTP status.
        status: u16,
        /// The body, sent as it is.
        #[serde(default)]
        body: Option<Value>,
        /// Additional headers.
        #[serde(default)]
        headers: BTreeMap<String, String>,
        /// Whether the request takes effect first.
        #[serde(default)]
        commit: bool,
    },
    /// 429, with or without `Retry-After` (seconds).
    Throttle {
        /// Seconds; no header when absent.
        #[serde(default)]
        retry_after: Option<u64>,
    },
    /// Closes the connection without an answer.
    Drop {
        /// Whether the request takes effect first.
        #[serde(default)]
        commit: bool,
    },
    /// Resets the connection (RST) without an answer.
    Reset {
        /// Whether the request takes effect first.
        #[serde(default)]
        commit: bool,
    },
    /// Answers as always, but later.
    Delay {
        /// Milliseconds.
        ms: u64,
    },
    /// The request takes effect; half of the answer's body is sent, then the connection closes.
    Truncate,
    /// The request takes effect; the answer is 200 with a page of a captive portal.
    Garbage,
    /// The request takes effect; the answer is 200 without a body.
    Empty,
    /// 401 with a claims challenge, as continuous access evaluation sends it.
    ClaimsChallenge,
}

impl Action {
    /// Whether the request is carried out although its answer goes wrong.
    pub(crate) const fn commits(&self) -> bool {
        match self {
            Self::Status { commit, .. } | Self::Drop { commit } | Self::Reset { commit } => *commit,
            Self::Throttle { .. } | Self::ClaimsChallenge => false,
            Self::Delay { .. } | Self::Truncate | Self::Garbage | Self::Empty => true,
        }
    }
}

/// Why a faults file was refused.
#[derive(Debug, thiserror::Error)]
pub enum FaultError {
    /// The file could not be read.
    #[error("the faults file could not be read: {0}")]
    Read(#[from] std::io::Error),
    /// The file is not in the format.
    #[error("the faults file is not valid: {0}")]
    Format(#[from] serde_json::Error),
}

/// The faults that are armed, and the lag in force.
#[derive(Debug)]
pub struct Faults {
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    armed: Vec<Armed>,
    lag: Lag,
    random: Random,
}

#[derive(Debug)]
struct Armed {
    fault: Fault,
    matched: u64,
    fired: u64,
}

impl Faults {
    pub(crate) fn new(seed: u64) -> Self {
        let random = Random::for_purpose(seed, "faults");
        Self { state: Mutex::new(State { armed: vec![], lag: Lag::default(), random }) }
    }

    /// Arms what the file at `path` says.
    ///
    /// # Errors
    /// [`FaultError`] when the file cannot be read or does not follow the format.
    pub fn load(&self, path: &Path) -> Result<(), FaultError> {
        self.apply(serde_json::from_str(&std::fs::read_to_string(path)?)?);
        Ok(())
    }

    /// Arms what a file or a request says, after what is armed already.
    pub fn apply(&self, file: FaultsFile) {
        let mut state = self.lock();
        if let Some(seed) = file.seed {
            state.random = Random::for_purpose(seed, "faults");
        }
        match file.lag {
            Some(LagSetting::Profile(LagProfile::None)) => state.lag = Lag::default(),
            Some(LagSetting::Profile(LagProfile::Realistic)) => state.lag = Lag::REALISTIC,
            Some(LagSetting::Profile(LagProfile::Documented)) => state.lag = Lag::DOCUMENTED,
            Some(LagSetting::Delays(lag)) => state.lag = lag,
            None => {}
        }
        state.armed.extend(file.faults.into_iter().map(|fault| Armed { fault, matched: 0, fired: 0 }));
    }

    /// Arms one fault, after those armed already.
    pub fn arm(&self, fault: Fault) {
        self.lock().armed.push(Armed { fault, matched: 0, fired: 0 });
    }

    /// Disarms everything; the lag stays.
    pub fn clear(&self) {
        self.lock().armed.clear();
    }

    /// How often one of those armed has fired. A request that is delayed has fired when its delay begins.
    pub fn fired(&self) -> u64 {
        self.lock().armed.iter().map(|one| one.fired).sum()
    }

    /// Sets the replication lag.
    pub fn set_lag(&self, lag: Lag) {
        self.lock().lag = lag;
    }

    /// The replication lag in force.
    pub fn lag(&self) -> Lag {
        self.lock().lag
    }

    /// What goes wrong with this request, if anything. Counts the request.
    pub(crate) fn check(&self, method: &str, path: &str) -> Option<Action> {
        let mut state = self.lock();
        let State { armed, random, .. } = &mut *state;
        let mut chosen = None;
        for one in armed.iter_mut() {
            let fault = &one.fault;
            let method_fits = fault.method.as_ref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(method));
            if !method_fits || !path_matches(&fault.path, path) {
                continue;
            }
            one.matched += 1;
            let due = chosen.is_none()
                && (fault.nth.is_empty() || fault.nth.contains(&one.matched))
                && fault.times.is_none_or(|times| one.fired < times)
                && fault.probability.is_none_or(|chance| random.fraction() < chance);
            if due {
                one.fired += 1;
                chosen = Some(fault.action.clone());
            }
        }
        chosen
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// `*` matches within a segment, `**` matches across segments; the rest is compared without regard to case, as Graph does.
pub(crate) fn path_matches(pattern: &str, path: &str) -> bool {
    fn matches(pattern: &[u8], path: &[u8]) -> bool {
        match pattern {
            [] => path.is_empty(),
            [b'*', b'*', rest @ ..] => (0..=path.len()).any(|skip| matches(rest, &path[skip..])),
            [b'*', rest @ ..] => {
                let segment = path.iter().position(|byte| *byte == b'/').unwrap_or(path.len());
                (0..=segment).any(|skip| matches(rest, &path[skip..]))
            }
            [first, rest @ ..] => {
                path.first().is_some_and(|byte| byte.eq_ignore_ascii_case(first)) && matches(rest, &path[1..])
            }
        }
    }
    matches(pattern.as_bytes(), path.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_match_segments() {
        assert!(path_matches("/v1.0/applications/*/addPassword", "/v1.0/applications/1/addPassword"));
        assert!(!path_matches("/v1.0/applications/*", "/v1.0/applications/1/addPassword"));
        assert!(path_matches("/v1.0/**", "/v1.0/applications/1/addPassword"));
        assert!(path_matches("/*/oauth2/v2.0/token", "/common/oauth2/v2.0/token"));
        assert!(path_matches("/v1.0/applications(uniqueName=*)", "/v1.0/applications(uniqueName='x')"));
    }

    #[test]
    fn nth_and_times_count_matching_requests_only() {
        let faults = Faults::new(1);
        let mut fault = Fault::on("POST", "/a", Action::Empty);
        fault.nth = vec![2];
        faults.arm(fault);
        assert!(faults.check("POST", "/a").is_none());
        assert!(faults.check("GET", "/a").is_none());
        assert!(faults.check("POST", "/a").is_some());
        assert!(faults.check("POST", "/a").is_none());
        faults.arm(Fault::on("GET", "/b", Action::Empty).once());
        assert!(faults.check("GET", "/b").is_some());
        assert!(faults.check("GET", "/b").is_none());
    }

    #[test]
    fn the_documented_file_is_read() {
        let file: FaultsFile = serde_json::from_str(
            r#"{"lag": "realistic", "faults": [
                {"method": "POST", "path": "/v1.0/applications/*/addPassword", "nth": [1],
                 "action": {"do": "drop", "commit": true}},
                {"path": "/v1.0/**", "probability": 0.05, "action": {"do": "throttle", "retry_after": 2}}]}"#,
        )
        .unwrap();
        let faults = Faults::new(1);
        faults.apply(file);
        assert_eq!(faults.lag(), Lag::REALISTIC);
        assert!(matches!(
            faults.check("POST", "/v1.0/applications/1/addPassword"),
            Some(Action::Drop { commit: true })
        ));
        assert!(serde_json::from_str::<FaultsFile>(r#"{"fault": []}"#).is_err(), "a misspelt key is refused");
    }

    #[test]
    fn a_probability_is_decided_by_the_seed() {
        let fired = |seed| {
            let faults = Faults::new(seed);
            let mut fault = Fault::on("GET", "/a", Action::Empty);
            fault.probability = Some(0.3);
            faults.arm(fault);
            (0..200).map(|_| faults.check("GET", "/a").is_some()).collect::<Vec<_>>()
        };
        assert_eq!(fired(4), fired(4));
        assert_ne!(fired(4), fired(5));
        let count = fired(4).iter().filter(|fired| **fired).count();
        assert!((30..90).contains(&count), "{count}");
    }
}
