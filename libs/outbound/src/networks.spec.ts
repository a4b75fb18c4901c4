import { networkOf, networksOf } from './networks.js';

describe('the network of a host', () => {
  it('is the same for neighbours, and another for another operator', () => {
    expect(networkOf('198.51.100.7')).toBe('198.51.0.0/16');
    expect(networkOf('198.51.3.4')).toBe(networkOf('198.51.100.7'));
    expect(networkOf('203.0.113.1')).toBe('203.0.0.0/16');
    expect(networkOf('2001:db8:1::25')).toBe('2001:db8::/32');
    expect(networkOf('::ffff:198.51.100.7')).toBe('198.51.0.0/16');
    expect(networkOf('mail.example.com')).toBeNull();
  });

  it('is found by the name; an address and a name without an answer have none', async () => {
    expect(await networksOf('localhost')).toContain('127.0.0.0/16');
    expect(await networksOf('127.0.0.1')).toEqual([]);
    expect(await networksOf('no-such-host.invalid')).toEqual([]);
  });
});
