// Something that is no error is shown as it is.
setTimeout(() => console.log('never'), 10);
throw { reason: 'because', list: [1, 2] };
