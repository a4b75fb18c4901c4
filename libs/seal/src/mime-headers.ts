import { MimeProblem } from './mime-problem.js';

/** The headers of a mail or of one of its parts. Names are in lower case. */
export type Headers = ReadonlyMap<string, string>;

/**
 * Headers of the mail as a whole that may not stand twice (RFC 5322, 3.6; RFC
 * 2045). Programs differ in which one they use. A `Content-` header that is not
 * one of these two is refused.
 */
const ONCE: ReadonlySet<string> = new Set([
  'date',
  'from',
  'sender',
  'reply-to',
  'to',
  'cc',
  'bcc',
  'subject',
  'message-id',
  'in-reply-to',
  'references',
  'mime-version',
  'content-type',
  'content-transfer-encoding',
]);

/** Programs take them for the end of a line, of the value, or of the header. */
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL = /[\x00-\x08\x0b-\x1f\x7f]/;
/** The same beyond ASCII, in headers in UTF-8 (RFC 6532). */
const LINE_SEPARATOR = /[\u0080-\u009f\u2028\u2029]/;
const NAME = /^[!-9;-~]+$/;

/**
 * Reads the lines of a header block by one strict grammar. What two programs
 * could understand differently is refused: control characters, a bare CR or LF,
 * a continuation of white space alone, a second header of a name that mail
 * programs read.
 * @param block with its line ends; latin1, one character per byte.
 * @throws MimeProblem with the difference.
 */
export function readHeaders(block: string): Headers {
  const end = block.includes('\r\n') ? '\r\n' : '\n';
  const headers = new Map<string, string>();
  // A line that begins with white space continues the line before (RFC 5322,
  // 2.2.3).
  let name = '';
  for (const line of block.split(end)) {
    if (line === '') continue;
    if (CONTROL.test(line) || line.includes('\n') || hasLineSeparator(line))
      throw new MimeProblem('A header has a control character, or a line end that only some programs know.');
    if (line.startsWith(' ') || line.startsWith('\t')) {
      if (name === '' || line.trim() === '') throw new MimeProblem('A header line is not valid.');
      headers.set(name, `${headers.get(name) ?? ''}${line}`);
      continue;
    }
    const colon = line.indexOf(':');
    const written = line.slice(0, Math.max(colon, 0));
    if (!NAME.test(written)) throw new MimeProblem('A header line is not valid.');
    name = written.toLowerCase();
    if (headers.has(name) && ONCE.has(name)) throw new MimeProblem(`The header ${name} stands twice.`);
    if (name.startsWith('content-') && !ONCE.has(name))
      throw new MimeProblem(`There is a header that sealed mail does not have: ${name.slice(0, 60)}.`);
    headers.set(name, line.slice(colon + 1));
  }
  return headers;
}

function hasLineSeparator(line: string): boolean {
  // oxlint-disable-next-line no-control-regex -- it looks for bytes beyond ASCII
  return !/^[\x00-\x7f]*$/.test(line) && LINE_SEPARATOR.test(Buffer.from(line, 'latin1').toString('utf8'));
}

/** A media type with its parameters (RFC 2045, 5.1). Names are in lower case. */
export interface ContentType {
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";
const TYPE = new RegExp(`^${TOKEN}/${TOKEN}$`);
/** One parameter. No comment, no backslash: not all programs know them. */
const PARAMETER = new RegExp(`[ \\t]*;[ \\t]*(${TOKEN})=(?:(${TOKEN})|"([^"\\\\]*)")`, 'y');

/**
 * Reads a whole Content-Type, to its last character.
 * @throws MimeProblem if it is not in this grammar, or a parameter stands twice.
 */
export function readContentType(value: string): ContentType {
  const refuse = (): never => {
    throw new MimeProblem(`A Content-Type can be read in more than one way: “${value.trim().slice(0, 60)}”.`);
  };
  const text = value.trim();
  const semicolon = text.indexOf(';');
  const type = (semicolon === -1 ? text : text.slice(0, semicolon)).trimEnd();
  if (!TYPE.test(type)) return refuse();
  const parameters = new Map<string, string>();
  for (let at = type.length; at < text.length; at = PARAMETER.lastIndex) {
    PARAMETER.lastIndex = at;
    const found = PARAMETER.exec(text);
    const name = found?.[1]?.toLowerCase();
    if (found === null || name === undefined || parameters.has(name)) return refuse();
    parameters.set(name, found[2] ?? found[3] ?? '');
  }
  return { type: type.toLowerCase(), parameters };
}
