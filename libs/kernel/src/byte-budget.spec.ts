import { ByteBudget } from './byte-budget.js';
import { networkOf } from './network-of.js';

describe('a budget of bytes', () => {
  it('is limited for each holder and in all, and gives back what is released', () => {
    const budget = new ByteBudget({ total: 100, perHolder: 60 });
    expect(budget.reserve('a', 60)).toBe(true);
    expect(budget.reserve('a', 1)).toBe(false);
    expect(budget.reserve('b', 41)).toBe(false);
    expect(budget.reserve('b', 40)).toBe(true);
    expect(budget.reserve('c', 1)).toBe(false);
    budget.release('a', 30);
    expect(budget.reserve('c', 20)).toBe(true);
    expect(budget.reserve('a', 10)).toBe(true);
    expect(budget.heldBytes).toBe(100);
  });

  it('forgets holders that hold nothing', () => {
    const budget = new ByteBudget({ total: 10, perHolder: 10 });
    for (let holder = 0; holder < 1_000; holder += 1) {
      expect(budget.reserve(String(holder), 10)).toBe(true);
      budget.release(String(holder), 10);
    }
    expect(budget.heldBytes).toBe(0);
  });
});

describe('the network of an address', () => {
  it('is an IPv4 address, also in IPv6, and the /56 of an IPv6 address', () => {
    expect(networkOf('192.0.2.7')).toBe('192.0.2.7');
    expect(networkOf('::ffff:192.0.2.7')).toBe('192.0.2.7');
    expect(networkOf('2001:db8:1:2ff::1')).toBe(networkOf('2001:db8:1:200:9::'));
    expect(networkOf('2001:db8:1:2ff::1')).not.toBe(networkOf('2001:db8:1:300::'));
    expect(networkOf('')).toBe('');
  });
});
