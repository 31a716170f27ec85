//! The practice tenant over real HTTP, seen from outside.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper of a test that cannot go on must fail it")]

mod entra_admin_consent;
mod entra_application;
mod entra_assertion;
mod entra_authorize;
mod entra_code;
mod entra_consent;
mod entra_demands;
mod entra_device;
mod entra_directories;
mod entra_discovery;
mod entra_first_party;
mod entra_my_apps;
mod entra_refresh;
mod entra_sign_in;
mod entra_unattended;
mod entra_v1;
mod exchange_access;
mod exchange_cmdlets;
mod exchange_endpoint;
mod graph_applications;
mod graph_authorization;
mod graph_batch;
mod graph_calendar;
mod graph_credentials;
mod graph_deleted_items;
mod graph_delta;
mod graph_directory;
mod graph_event_reminders;
mod graph_exchange_roles;
mod graph_federated;
mod graph_grants;
mod graph_inventory;
mod graph_keys;
mod graph_lag;
mod graph_large;
mod graph_licences;
mod graph_mail;
mod graph_people_own;
mod graph_queries;
mod graph_reports;
mod graph_sign_ins;
mod graph_signing_certificates;
mod graph_world;
mod key_pair;
mod practice_program;
mod practice_snapshot;
mod practice_state;
mod practice_throttle;
mod practice_wire;

mod support;
