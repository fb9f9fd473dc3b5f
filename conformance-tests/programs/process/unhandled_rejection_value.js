// A reason that is no error is described by one that is.
Promise.reject('just text');
