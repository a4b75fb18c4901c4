import { createSocket, type Socket } from 'node:dgram';
import { decode, encode, type Answer, type Question } from 'dns-packet';

/**
 * A name server that can be asked on loopback, with the records that a test
 * gives it.
 */
export interface NameServer {
  /** For `DNS_SERVERS`. */
  readonly address: string;
  /**
   * Sets a record, or takes it away; a name without any does not exist.
   * Exchanges come in the order in which they are asked.
   */
  readonly set: (type: 'TXT' | 'CNAME' | 'MX', name: string, ...values: readonly string[]) => void;
  readonly remove: (type: 'TXT' | 'CNAME' | 'MX', name: string) => void;
  /**
   * Answers SERVFAIL until it is called with false, as a server does whose zone
   * is broken.
   */
  readonly fail: (fails: boolean) => void;
  readonly close: () => Promise<void>;
}

const SERVFAIL = 2;
const NXDOMAIN = 3;
/**
 * A string of a TXT record holds 255 bytes (RFC 1035, 3.3.14): longer values
 * are split, as publishers do.
 */
const strings = (value: string): string[] => value.match(/.{1,255}/g) ?? [''];

export async function openNameServer(): Promise<NameServer> {
  const zone = new Map<string, string[]>();
  let fails = false;
  const keyOf = (type: string, name: string): string => `${type} ${name.toLowerCase()}`;
  const recordsAt = (question: Question): Answer[] => {
    const alias = zone.get(keyOf('CNAME', question.name))?.[0];
    const aliased = alias === undefined ? [] : [{ type: 'CNAME', name: question.name, ttl: 1, data: alias } as const];
    if (question.type === 'CNAME') return aliased;
    if (alias !== undefined) return [...aliased, ...recordsAt({ ...question, name: alias })];
    const { name } = question;
    const values = zone.get(keyOf(question.type, name)) ?? [];
    return values.map((value, at): Answer =>
      question.type === 'MX'
        ? { type: 'MX', name, ttl: 1, data: { preference: at, exchange: value } }
        : { type: 'TXT', name, ttl: 1, data: strings(value) },
    );
  };
  const socket: Socket = createSocket('udp4', (message, from) => {
    const { id, questions = [] } = decode(message);
    const answers = fails ? [] : questions.flatMap(recordsAt);
    const isKnown = questions.some(({ name }) =>
      [...zone.keys()].some((key) => key.endsWith(` ${name.toLowerCase()}`)),
    );
    const code = fails ? SERVFAIL : isKnown || answers.length > 0 ? 0 : NXDOMAIN;
    socket.send(
      encode({ type: 'response', ...(id === undefined ? {} : { id }), flags: 0x400 | code, questions, answers }),
      from.port,
      from.address,
    );
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${socket.address().port}`,
    set: (type, name, ...values) => void zone.set(keyOf(type, name), [...values]),
    remove: (type, name) => void zone.delete(keyOf(type, name)),
    fail: (does) => {
      fails = does;
    },
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}
