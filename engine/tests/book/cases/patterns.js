for (const regexp of [
  /hello/,
  /\d{4}-\d\d/,
  /"([^"\\]|\\.)*"/,
  /(a|b)*c/i,
  /<(\w+)>.*?<\/\1>/s,
  /^\s*(?=x)/,
  /(?<=€)\d+/,
]) {
  print(regexp);
  print(pattern(regexp));
  print();
}
