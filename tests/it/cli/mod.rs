//! The command line: the real program, with a home of its own, a practice tenant to talk to and a person at the browser.

mod bed;
mod machine;
mod normal;
mod wire;

mod another_person;
mod approvals;
mod bad_days;
mod canary;
mod cut_short;
mod exit_codes;
mod files;
mod guides;
mod invitations;
mod main_job;
mod ordinary_person;
mod personal;
mod shapes;
mod two_at_once;
mod upkeep;
