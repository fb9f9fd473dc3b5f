// instanceof: the usual way, own Symbol.hasInstance, bound functions, Proxies, prototypes that change.
class A{} class B extends A{} function F(){}
const b=new B(), f=new F();
console.log(b instanceof A, b instanceof F, f instanceof F, 1 instanceof F, null instanceof A);
F.prototype={}; console.log(f instanceof F, new F() instanceof F);
try { F.prototype=3; f instanceof F } catch(e){console.log(e.message)} console.log(1 instanceof F);
Object.defineProperty(F, Symbol.hasInstance,{value:()=>true}); console.log(f instanceof F);
class C{static [Symbol.hasInstance](x){return x===1}} class D extends C{} console.log(1 instanceof C, 2 instanceof C, 1 instanceof D);
const bound=A.bind(null); console.log(b instanceof bound);
const p=new Proxy({}, {getPrototypeOf(){return A.prototype}}); console.log(p instanceof A, Object.create(p) instanceof A);
function t(){ let n=0; for(let i=0;i<5;i++){ if(b instanceof A) n++; if(i==2) Object.setPrototypeOf(B.prototype, null);} return n } console.log(t());
console.log([] instanceof Array, [] instanceof Object, (()=>{}) instanceof Function);
