import fc from 'fast-check';
import { addressProblem } from './address.js';

describe('an address that a user wants to call', () => {
  it.each([
    ['loopback', 'https://127.0.0.1/', '127.0.0.1'],
    ['loopback in a short form', 'https://127.1/', '127.0.0.1'],
    ['loopback as one decimal number', 'https://2130706433/', '127.0.0.1'],
    ['loopback in hexadecimal', 'https://0x7f000001/', '127.0.0.1'],
    ['loopback in octal', 'https://0177.0.0.1/', '127.0.0.1'],
    ['loopback in full-width digits', 'https://１２７.0.0.1/', '127.0.0.1'],
    ['loopback with a dot behind it', 'https://127.0.0.1./', '127.0.0.1'],
    ['where clouds keep their metadata', 'https://169.254.169.254/latest/meta-data', '169.254.169.254'],
    ['a private network', 'https://192.168.1.1/', '192.168.1.1'],
    ['the unspecified address', 'https://0/', '0.0.0.0'],
    ['loopback of IPv6', 'https://[::1]/', '::1'],
    ['an IPv4 address as IPv6', 'https://[::127.0.0.1]/', '::7f00:1'],
    ['an IPv4 address mapped into IPv6', 'https://[::ffff:10.0.0.1]/', '::ffff:a00:1'],
    ['an IPv4 address translated into IPv6', 'https://[64:ff9b::a00:1]/', '64:ff9b::a00:1'],
    ['a unique local address', 'https://[fd00::1]/', 'fd00::1'],
  ])('is refused by its numbers: %s', (_, address, shown) => {
    expect(addressProblem(address)).toBe(`${shown} is not a public address.`);
  });

  it.each([
    'https://localhost/',
    'https://LOCALHOST./',
    'https://hooks.localhost/',
    'https://printer.local/',
    'https://metadata.google.internal/',
    'https://router.lan/',
    'https://hooks.home.arpa/',
    'https://intranet/',
  ])('is refused by its name: %s', (address) => {
    expect(addressProblem(address)).toMatch(/is a name of a machine or a network of its own/);
  });

  it.each([
    'https://hooks.example.com/in',
    'https://local.example.com/',
    'https://8.8.8.8/',
    'https://[2606:4700:4700::1111]/',
  ])('may be called: %s', (address) => {
    expect(addressProblem(address)).toBeNull();
  });

  it('may be of a network that an operator allows, by number or by a name that leads there, and of no other', () => {
    const reach = { allowedAddresses: ['127.0.0.1', '10.0.0.0/8', 'fd00::/8', 'nonsense'] };
    for (const host of ['127.0.0.1', '10.1.2.3', '[fd00::1]', 'localhost', 'hooks.internal'])
      expect(addressProblem(`https://${host}/`, reach)).toBeNull();
    for (const host of ['127.0.0.2', '192.168.1.1', '[::1]'])
      expect(addressProblem(`https://${host}/`, reach)).toMatch(/not a public address/);
  });

  it('is judged alike however the numbers of an IPv4 address are written', () => {
    fc.assert(
      fc.property(fc.nat({ max: 0xffffffff }), (number) => {
        const octets = [24, 16, 8, 0].map((shift) => (number >>> shift) & 0xff);
        const forms = [
          octets.join('.'),
          octets.map((octet) => `0x${octet.toString(16)}`).join('.'),
          octets.map((octet) => `0${octet.toString(8)}`).join('.'),
          String(number),
          `0x${number.toString(16)}`,
        ];
        expect(new Set(forms.map((host) => addressProblem(`https://${host}/`))).size).toBe(1);
      }),
    );
  });
});
