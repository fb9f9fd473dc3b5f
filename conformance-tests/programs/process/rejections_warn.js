// --unhandled-rejections=warn prints and goes on.
Promise.reject(new Error('only a warning'));
setTimeout(() => console.log('still here'), 10);
