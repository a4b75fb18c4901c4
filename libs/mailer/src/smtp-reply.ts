import { printable } from '#kernel';
import { withoutPersonalData } from './inbound/personal-data.js';
import { withoutAddresses } from './inbound/report-fields.js';

/** One reply of an SMTP server (RFC 5321, 4.2), its lines joined. */
export interface SmtpReply {
  readonly code: number;
  /** Enhanced status code (RFC 3463), if there is one: `4.2.2`. */
  readonly enhanced: string | null;
  /**
   * Without addresses; of a refusal without any personal data: many servers
   * quote the recipient, and the text is stored with the message for as long as
   * its counts are. Other replies may list extensions, which the session reads.
   */
  readonly text: string;
}

/** A longer reply is not SMTP. */
const MAX_REPLY_CHARACTERS = 64 * 1024;

const LINE = /^(\d{3})(?:([ -])(.*))?$/s;
const ENHANCED = /^([245]\.\d{1,3}\.\d{1,3})(?:\s|$)/;

/** Parses replies from any chunks. */
export class SmtpReplies {
  private rest = '';
  private lines: string[] = [];

  /**
   * @param chunk as received, one character per byte (latin1).
   * @returns the complete replies.
   * @throws Error if it is not SMTP.
   */
  read(chunk: string): SmtpReply[] {
    const parts = (this.rest + chunk).split('\n');
    this.rest = parts.pop() ?? '';
    if (this.rest.length + this.lines.length * 64 > MAX_REPLY_CHARACTERS)
      throw new Error('The server answers without end; that is no SMTP.');
    return parts.flatMap((part) => this.line(part.replace(/\r$/, '')));
  }

  /**
   * Discards unread data: after STARTTLS nothing from before counts (RFC 3207,
   * 4.2).
   */
  forget(): void {
    this.rest = '';
    this.lines = [];
  }

  private line(line: string): SmtpReply[] {
    const [, code, separator = ' ', text = ''] = LINE.exec(line) ?? [];
    if (code === undefined) throw new Error(`The server answered something that is no SMTP: ${excerptOf(line)}`);
    this.lines.push(printable(text));
    if (separator === '-') return [];
    const reply = {
      code: Number(code),
      enhanced: ENHANCED.exec(text)?.[1] ?? null,
      text: textOf(Number(code), this.lines.join('\n')),
    };
    this.lines = [];
    return [reply];
  }
}

const textOf = (code: number, text: string): string =>
  code < 400 ? withoutAddresses(text) : withoutPersonalData(text);
const excerptOf = (line: string): string => withoutPersonalData(line.slice(0, 200));
