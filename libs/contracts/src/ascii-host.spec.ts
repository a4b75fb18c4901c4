import { asciiHost } from './ascii-host.js';

describe('a host name in ASCII', () => {
  it.each([
    ['Example.COM', 'example.com'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
    ['straße.example', 'xn--strae-oqa.example'],
    ['例え.example', 'xn--r8jz45g.example'],
    ['пример.рф', 'xn--e1afmkfd.xn--p1ai'],
    ['xn--e1afmkfd.xn--p1ai', 'xn--e1afmkfd.xn--p1ai'],
  ])('of %s is %s', (host, ascii) => {
    expect(asciiHost(host)).toBe(ascii);
  });

  it.each([
    ['a label that encodes a control character', 'xn--a.example'],
    ['a label that encodes nothing', 'xn--.example'],
    ['a label that is not the encoding of its letters', 'xn--a-ecp.ru'],
    ['a label of plain letters', 'xn--abc-.example'],
    ['a label that mixes encoding and letters', 'xn--aü.example'],
    ['one among others', 'www.xn--a.xn--p1ai'],
    ['text that is no host', 'a b.ü'],
  ])('does not exist for %s', (_, host) => {
    expect(asciiHost(host)).toBe('');
  });
});
