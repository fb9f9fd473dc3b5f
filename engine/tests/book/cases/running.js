class Account {
  constructor(balance) { this.balance = balance; }
  add(amount) { this.balance += amount; }
}
function total(accounts) {
  let sum = 0;
  for (const account of accounts) sum += account.balance;
  return sum;
}
function show(what) {
  print(what);
  print('  constructor', instructions(Account));
  print('  add        ', instructions(Account.prototype.add));
  print('  total      ', instructions(total));
}
show('before');
const accounts = [new Account(1), new Account(2.5)];
accounts[0].add(10);
print('total', total(accounts));
show('after');
