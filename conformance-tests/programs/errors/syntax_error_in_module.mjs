// The report of a syntax error in an ES module that was imported begins with its place.
import './fixtures/wrong.mjs';
