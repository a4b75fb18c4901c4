import { framePolicy, siteOf } from './embed-site.js';

const HOSTS = ['brightwater.example'];

describe('a website with an embed', () => {
  it.each([
    ['verified', 'https://brightwater.example/page'],
    ['verified', 'https://www.brightwater.example'],
    ['foreign', 'http://brightwater.example'],
    ['foreign', 'https://brightwater.example.evil.example'],
    ['foreign', 'https://notbrightwater.example'],
    ['foreign', 'null'],
    ['own', 'https://app.throughline.example/activations'],
    ['unknown', undefined],
  ] as const)('is %s: %s', (kind, address) => {
    expect(siteOf(address, HOSTS, 'https://app.throughline.example').kind).toBe(kind);
  });

  it('may be unencrypted if this installation is', () => {
    expect(siteOf('http://brightwater.example:8080', HOSTS, 'http://localhost:3000').kind).toBe('verified');
  });

  it('is named in the policy with its sub-domains', () => {
    expect(framePolicy(HOSTS)).toMatch(/frame-ancestors 'self' brightwater\.example:\* \*\.brightwater\.example:\*$/);
  });
});
