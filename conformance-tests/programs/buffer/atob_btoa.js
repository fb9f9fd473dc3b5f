// btoa and atob, with the errors that browsers give.
'use strict';
console.log(btoa('héllo'), atob(' aGk= '), btoa(''), btoa(null), atob('YQ'));
for (const f of [() => btoa('€'), () => atob('a'), () => atob('a-b_')]) {
  try { f(); } catch (error) { console.log(error.name, error.code, error.constructor === DOMException); }
}
