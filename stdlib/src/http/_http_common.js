'use strict';

// _http_common: what the HTTP client and server share: the parser's JavaScript side, names and checks.
// API: https://nodejs.org/docs/latest-v24.x/api/http.html
// Binding http: METHODS, newParser, setCallbacks, checkToken, checkHeaderValue.
//
// The parser (Rust) calls the five functions given to setCallbacks. Which side of the conversation a parser belongs to is
// decided by `parser.role`, an object { head, body, end, error, upgrade, eof, idle, flushed } that the client and the
// server each make once.

const http = binding('http');

http.setCallbacks(
  (parser, subject, target, raw, flags) => parser.role.head(parser, subject, target, raw, flags),
  (parser, chunk) => parser.role.body(parser, chunk),
  (parser, trailers) => parser.role.end(parser, trailers),
  (parser, rest) => parser.role.upgrade(parser, rest),
  (parser, code, reason, bytesParsed, packet) =>
    parser.role.error(parser, parseError(code, reason, bytesParsed, packet)),
  (parser, errno) => parser.role.eof(parser, errno),
  (parser) => parser.role.idle(parser),
  (message, status) => message._onFlushed(status),
);

// Bits of the flags that come with a head.
const KEEP_ALIVE = 1;
const UPGRADE = 2;
const HAS_BODY = 4;
const HAS_HOST = 8;
const HAS_EXPECT = 16;
const OTHER_VERSION = 32;

function parseError(code, reason, bytesParsed, packet) {
  const error = new Error(`Parse Error: ${reason}`);
  error.bytesParsed = bytesParsed;
  error.code = code;
  error.reason = reason;
  if (packet !== undefined) error.rawPacket = packet;
  return error;
}

// Sets the version of a message that is not HTTP/1.1: bits 8-11 hold the major, 12-15 the minor number.
function setVersion(message, flags) {
  message.httpVersionMajor = (flags >> 8) & 15;
  message.httpVersionMinor = (flags >> 12) & 15;
  message.httpVersion = `${message.httpVersionMajor}.${message.httpVersionMinor}`;
}

module.exports = {
  // Parsers are made when needed; `max` is what setMaxIdleHTTPParsers was told.
  parsers: { max: 1000 },
  _checkIsHttpToken: http.checkToken,
  _checkInvalidHeaderChar: (value) => !http.checkHeaderValue(String(value)),
  chunkExpression: /(?:^|\W)chunked(?:$|\W)/i,
  continueExpression: /(?:^|\W)100-continue(?:$|\W)/i,
  CRLF: '\r\n',
  methods: http.METHODS,
  setVersion,
  parseError,
  KEEP_ALIVE, UPGRADE, HAS_BODY, HAS_HOST, HAS_EXPECT, OTHER_VERSION,
};
