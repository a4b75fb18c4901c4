import { type Bomb, type Entrance, sized } from './bomb.js';

const MB = 1_000_000;
const LISTS: readonly (readonly [string, readonly number[], (size: number) => Buffer | string])[] = [
  ['lines of rubbish, MB', [2, 9], (size) => 'x\n'.repeat((size * MB) / 2)],
  ['an open quote, MB', [1, 9], (size) => `email\n"${'a@b.example\n'.repeat((size * MB) / 12)}`],
  ['quotes, MB', [1, 9], (size) => `email\n${'"'.repeat(size * MB)}`],
  ['doubled quotes in cells, MB', [5], (size) => `email\n${'"""",'.repeat((size * MB) / 5)}`],
  ['one line, MB', [1, 9], (size) => `email\n${'x'.repeat(size * MB)}`],
  ['commas, MB', [1, 9], (size) => ','.repeat(size * MB)],
  ['delimiters of every kind, MB', [5], (size) => ',;\t|\n'.repeat((size * MB) / 5)],
  ['line ends of every kind, MB', [5], (size) => '\r\n\n\r'.repeat((size * MB) / 4)],
  ['NUL, MB', [5], (size) => Buffer.alloc(size * MB)],
  [
    'UTF-16 without an end, MB',
    [5],
    (size) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.alloc(size * MB, 0xd8)]),
  ],
  ['at signs, MB', [5], (size) => `email\n${'@'.repeat(size * MB)}`],
  [
    'long addresses',
    [20_000],
    (size) => `email\n${`${'a.'.repeat(200)}@${'b.'.repeat(50)}example\n`.repeat(size / 20)}`,
  ],
  ['combining letters, MB', [2], (size) => `email\n${'a\u0301'.repeat((size * MB) / 3)}`],
  ['a workbook (xlsx)', [1], () => Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(2 * MB)])],
  ['an old workbook (xls)', [1], () => Buffer.concat([Buffer.from('d0cf11e0', 'hex'), Buffer.alloc(2 * MB)])],
  ['address cards (vcf), MB', [3], (size) => 'BEGIN:VCARD\nEMAIL:a@b.example\nEND:VCARD\n'.repeat((size * MB) / 40)],
];
const AT: readonly Entrance[] = ['import-preview', 'import', 'opt-outs'];
const lists = AT.flatMap((entrance) =>
  LISTS.flatMap(([name, sizes, make]) => sized(entrance, `csv: ${name}`, sizes, (size) => make(size))),
);

const HEAD = 'From: a@b.example\r\nSubject: x\r\nMIME-Version: 1.0\r\n';
const html = (body: string): string => `${HEAD}Content-Type: text/html\r\n\r\n${body}`;
const wrapped = (size: number, type: string): string =>
  Array.from({ length: size }, (_, at) => `Content-Type: ${type}; boundary="b${at}"\r\n\r\n--b${at}\r\n`).join('');
const MAILS: readonly (readonly [string, readonly number[], (size: number) => string])[] = [
  ['html: open styles', [1_000, 13_000], (size) => html('<style'.repeat(size))],
  ['html: open comments', [10_000, 500_000], (size) => html('<!--'.repeat(size))],
  ['html: nesting', [10_000, 500_000], (size) => html('<b>'.repeat(size))],
  ['html: attributes', [10_000, 300_000], (size) => html(`<b ${'a '.repeat(size)}>`)],
  ['html: entities', [10_000, 500_000], (size) => html('&lt;'.repeat(size))],
  ['mime: parts in one another', [15, 500, 20_000], (size) => `${HEAD}${wrapped(size, 'multipart/mixed')}`],
  [
    'mime: messages in one another',
    [15, 5_000],
    (size) => `${HEAD}${'Content-Type: message/rfc822\r\n\r\n'.repeat(size)}`,
  ],
  [
    'mime: parts',
    [1_000, 100_000],
    (size) => `${HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(size)}`,
  ],
  [
    'mime: boundary that begins every line',
    [100_000],
    (size) => `${HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--bb\r\n'.repeat(size)}`,
  ],
  [
    'mime: parameters',
    [100, 20_000],
    (size) =>
      `${HEAD}Content-Type: text/plain${Array.from({ length: size }, (_, at) => `;\r\n a*${at}*=''%41`).join('')}\r\n\r\nx`,
  ],
  ['header: fields', [1_000, 200_000], (size) => `${HEAD}${'X-A: b\r\n'.repeat(size)}\r\nx`],
  ['header: one long field', [10_000, 900_000], (size) => `${HEAD}X-A: ${'b\r\n '.repeat(size)}\r\n\r\nx`],
  ['header: encoded words', [1_000, 100_000], (size) => `${HEAD}X-A: ${'=?UTF-8?B?QQ==?=\r\n '.repeat(size)}\r\n\r\nx`],
  ['header: open encoded words', [1_000, 100_000], (size) => `${HEAD}X-A: ${'=?UTF-8?Q?'.repeat(size)}\r\n\r\nx`],
  [
    'header: addresses',
    [1_000, 100_000],
    (size) => `${HEAD}To: ${'a@b.example,\r\n '.repeat(size)}c@d.example\r\n\r\nx`,
  ],
  ['header: comments in addresses', [1_000, 200_000], (size) => `${HEAD}To: ${'('.repeat(size)}\r\n\r\nx`],
  ['header: quotes in addresses', [1_000, 200_000], (size) => `${HEAD}To: ${'"\\'.repeat(size)}\r\n\r\nx`],
  [
    'body: base64, MB',
    [2, 15],
    (size) => `${HEAD}Content-Transfer-Encoding: base64\r\n\r\n${'QUFB\r\n'.repeat((size * MB) / 6)}`,
  ],
  [
    'body: quoted-printable, MB',
    [2, 15],
    (size) => `${HEAD}Content-Transfer-Encoding: quoted-printable\r\n\r\n${'=\r\n'.repeat((size * MB) / 3)}`,
  ],
  [
    'body: words of a bounce, MB',
    [2],
    (size) => `${HEAD}Auto-Submitted: auto-replied\r\n\r\n${'not yet '.repeat((size * MB) / 8)}`,
  ],
  ['body: dashes, MB', [2], (size) => `${HEAD}\r\n${'-'.repeat(size * MB)}`],
  [
    'report: groups',
    [1_000, 100_000],
    (size) =>
      `${HEAD}Content-Type: message/delivery-status\r\n\r\n${'Final-Recipient: rfc822;a@b.example\r\nAction: failed\r\n\r\n'.repeat(size)}`,
  ],
  [
    'report: blanks',
    [100_000],
    (size) => `${HEAD}Content-Type: message/delivery-status\r\n\r\nStatus:${' '.repeat(size)}x`,
  ],
];
const mails = MAILS.flatMap(([name, sizes, make]) => sized('mail', `mail: ${name}`, sizes, (size) => make(size)));

const BODIES: readonly (readonly [string, readonly number[], (size: number) => string])[] = [
  ['arrays in one another', [1_000, 450_000], (size) => '['.repeat(size)],
  ['closed arrays in one another', [1_000, 450_000], (size) => `{"email":${'['.repeat(size)}${']'.repeat(size)}}`],
  ['objects in one another', [1_000, 150_000], (size) => `${'{"a":'.repeat(size)}1${'}'.repeat(size)}`],
  ['fields', [1_000, 80_000], (size) => `{${Array.from({ length: size }, (_, at) => `"k${at}":1`).join(',')}}`],
  ['one field again and again', [100_000], (size) => `{${'"email":"x",'.repeat(size / 2)}"a":1}`],
  [
    'a long text',
    [900_000],
    (size) => JSON.stringify({ email: 'a'.repeat(size), password: 'b', firstName: 'c'.repeat(9) }),
  ],
  [
    'an address of many parts',
    [900_000],
    (size) => JSON.stringify({ email: `${'a.'.repeat(size / 2)}@x`, password: 'b' }),
  ],
  ['an address of many at signs', [900_000], (size) => JSON.stringify({ email: '@'.repeat(size), password: 'b' })],
  ['a password', [900_000], (size) => JSON.stringify({ email: 'a@b.example', password: 'b'.repeat(size) })],
  ['escapes', [150_000], (size) => `{"email":"${'\\u0041'.repeat(size)}"}`],
  ['digits', [900_000], (size) => `{"email":${'9'.repeat(size)}}`],
  ['exponents', [1], () => '{"email":1e999999999}'],
  ['prototypes', [1], () => '{"__proto__":{"email":"x"},"constructor":{"prototype":{"a":1}}}'],
  ['more than 1 MB', [5_000_000], (size) => JSON.stringify({ email: 'x'.repeat(size) })],
];
const bodies = (['sign-in', 'contact'] as const).flatMap((entrance) =>
  BODIES.flatMap(([name, sizes, make]) => sized(entrance, `json: ${name}`, sizes, (size) => make(size))),
);

const part = (name: string, value: string): string =>
  `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const FORMS: readonly (readonly [string, readonly number[], (size: number) => string])[] = [
  ['parts', [100, 50_000], (size) => part('a', 'x').repeat(size)],
  [
    'files',
    [100, 20_000],
    (size) => `--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nx\r\n`.repeat(size),
  ],
  ['a header', [10_000, 2_000_000], (size) => `--b\r\nX-A: ${'x'.repeat(size)}\r\n\r\nx\r\n--b--`],
  ['headers', [100, 100_000], (size) => `--b\r\n${'X-A: b\r\n'.repeat(size)}\r\nx\r\n--b--`],
  ['a name', [10_000, 1_000_000], (size) => part('a'.repeat(size), 'x')],
  ['brackets in a name', [1_000, 50_000], (size) => part(`a${'[a]'.repeat(size)}`, 'x')],
  ['a field', [2_000_000], (size) => part('a', 'x'.repeat(size))],
  [
    'no end',
    [4_000_000],
    (size) => `--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n${'x'.repeat(size)}`,
  ],
  [
    'almost the boundary',
    [1_000_000],
    (size) => `--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n${'\r\n--'.repeat(size)}`,
  ],
  ['prototypes', [1], () => `${part('__proto__[a]', 'x')}${part('constructor', 'x')}--b--`],
];
const forms = FORMS.flatMap(([name, sizes, make]) =>
  sized('logo-form', `multipart: ${name}`, sizes, (size) => make(size)),
);

/** Lists, mails and request bodies. */
export const TEXT_BOMBS: readonly Bomb[] = [...lists, ...mails, ...bodies, ...forms];
