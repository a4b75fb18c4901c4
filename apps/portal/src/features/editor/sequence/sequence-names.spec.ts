import { namedOptions } from './sequence-names';

it('options have names, with the key where two are the same, and the key where there is none', () => {
  const names: Readonly<Record<string, string>> = { welcome: 'Hello', again: 'Hello', proof: 'Proof' };
  const options = namedOptions(['welcome', 'again', 'proof', 'new'], (key) => names[key] ?? null);
  expect(options.map(({ label }) => label)).toEqual(['Hello (welcome)', 'Hello (again)', 'Proof', 'new']);
});
