//! The pages and the room in a real browser: headless Chromium through its driver. Skipped, with a printed reason, where
//! they are not installed (Debian: chromium, chromium-driver).

mod driver;
mod pages;
mod pictures;
mod reconnect;
mod signing;
mod story;
