//! What assigning to `url.protocol`, `url.host` and so on does. Source: <https://url.spec.whatwg.org/#api>.

use super::parser::{State, parse_into};
use super::percent::{EncodeSet, push_all_encoded};
use super::record::{Path, Url};

/// Sets the part of that name. An unfit value changes nothing.
pub fn set(url: &mut Url, part: &str, value: &str) {
    match part {
        "protocol" => parse_into(url, &format!("{value}:"), State::SchemeStart),
        "username" if !url.cannot_have_credentials_or_port() => url.username = userinfo(value),
        "password" if !url.cannot_have_credentials_or_port() => url.password = userinfo(value),
        "host" if !url.has_opaque_path() => parse_into(url, value, State::Host),
        "hostname" if !url.has_opaque_path() => parse_into(url, value, State::Hostname),
        "port" if !url.cannot_have_credentials_or_port() => {
            if value.is_empty() {
                url.port = None;
            } else {
                parse_into(url, value, State::Port);
            }
        }
        "pathname" if !url.has_opaque_path() => {
            url.path = Path::List(Vec::new());
            parse_into(url, value, State::PathStart);
        }
        "search" => set_search(url, value),
        "hash" => set_hash(url, value),
        _ => {}
    }
}

fn userinfo(value: &str) -> String {
    let mut out = String::new();
    push_all_encoded(&mut out, value, EncodeSet::Userinfo);
    out
}

fn set_search(url: &mut Url, value: &str) {
    if value.is_empty() {
        url.query = None;
        return;
    }
    url.query = Some(String::new());
    parse_into(url, value.strip_prefix('?').unwrap_or(value), State::Query);
}

fn set_hash(url: &mut Url, value: &str) {
    if value.is_empty() {
        url.fragment = None;
        return;
    }
    url.fragment = Some(String::new());
    parse_into(
        url,
        value.strip_prefix('#').unwrap_or(value),
        State::Fragment,
    );
}
