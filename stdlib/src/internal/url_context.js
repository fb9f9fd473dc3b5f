'use strict';

// internal/url_context: what util.inspect shows of a URL's insides with `showHidden`.

const schemeTypes = ['http:', ' ', 'https:', 'ws:', 'ftp:', 'wss:', 'file:'];
const kNone = 4294967295;

class URLContext {
  constructor(parts) {
    const [href, protocolEnd, usernameStart, usernameEnd, passwordEnd, hostStart, hostEnd, portEnd, pathStart, pathEnd,
           queryEnd] = parts;
    const hasCredentials = passwordEnd > usernameStart;
    const scheme = schemeTypes.indexOf(href.slice(0, protocolEnd));
    this.href = href;
    this.protocol_end = protocolEnd;
    this.username_end = usernameEnd;
    this.host_start = hasCredentials ? hostStart - 1 : hostStart;
    this.host_end = hostEnd;
    this.pathname_start = pathStart;
    this.search_start = queryEnd > pathEnd ? pathEnd : kNone;
    this.hash_start = href.length > queryEnd ? queryEnd : kNone;
    this.port = portEnd > hostEnd ? Number(href.slice(hostEnd + 1, portEnd)) : kNone;
    this.scheme_type = scheme === -1 ? 1 : scheme;
  }

  get hasPort() {
    return this.port !== kNone;
  }

  get hasSearch() {
    return this.search_start !== kNone;
  }

  get hasHash() {
    return this.hash_start !== kNone;
  }
}

function contextOf(parts) {
  return new URLContext(parts);
}

module.exports = { contextOf };
