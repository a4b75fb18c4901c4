import { decodeWords } from 'postal-mime';
import { encodeText, formatAddress } from './headers.js';

const address = 'a@b.example';

describe('a name in a header', () => {
  it.each([
    ['Ada', 'Ada <a@b.example>'],
    ['Ada "Countess" Lovelace, Ltd.', '"Ada \\"Countess\\" Lovelace, Ltd." <a@b.example>'],
    ['', '<a@b.example>'],
  ])('%j is written as %j', (name, line) => {
    expect(formatAddress({ name, address })).toBe(line);
  });

  it.each(['=?UTF-8?B?QmNjOiB4QHkuZXhhbXBsZQ==?=', 'Ada =?utf-8?q?=0D=0ABcc:_x?=', 'Größe & Söhne', '=?x'])(
    'that looks like an encoded word is encoded, so that %j is what is shown',
    (name) => {
      const written = formatAddress({ name, address }).replace(` <${address}>`, '');
      expect(written).not.toContain(name);
      expect(decodeWords(written)).toBe(name);
      expect(decodeWords(encodeText(name))).toBe(name);
    },
  );
});
