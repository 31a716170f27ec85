//! When people are reminded, how, and that it happens once.

mod clocks;
mod desk;
mod exports;
mod files;
mod ledger;
mod outlook;
mod practice;
mod processes;
mod samples;
mod schedule;
mod simulation;
mod systems;
mod webhook;
