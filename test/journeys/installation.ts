import { type ParsedMail, simpleParser } from 'mailparser';

/** A mail as it arrived. */
export interface ReceivedMail {
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly attachments: readonly { readonly name: string; readonly type: string; readonly content: Buffer }[];
  /** A header as one line, or null. */
  readonly header: (name: string) => string | null;
}

/** Where mail arrives. */
export interface Mailbox {
  /**
   * Recipient and subject of all mails. Cheap, because waiting tests ask again
   * and again.
   */
  overview(): Promise<readonly { readonly to: string; readonly subject: string }[]>;
  /** All mails to one address. */
  mailsTo(address: string): Promise<readonly ReceivedMail[]>;
}

/** A running product, independent of its processes. */
export interface Installation {
  readonly url: string;
  readonly mailbox: Mailbox;
  now(): Promise<Date>;
  /** Resolves when the clock of the product has reached a moment. */
  reach(moment: Date): Promise<void>;
}

export async function readMail(source: Buffer | string, recipient?: string): Promise<ReceivedMail> {
  const mail = await simpleParser(source);
  const [to] = addresses(mail);
  return {
    to: recipient ?? to ?? '',
    from: mail.from?.text ?? '',
    subject: mail.subject ?? '',
    html: mail.html === false ? '' : mail.html,
    text: mail.text ?? '',
    attachments: mail.attachments.map(({ filename = '', contentType, content }) => ({
      name: filename,
      type: contentType,
      content,
    })),
    header: (name) => line(mail.headerLines, name),
  };
}

function addresses({ to }: ParsedMail): string[] {
  const lists = to === undefined ? [] : Array.isArray(to) ? to : [to];
  return lists.flatMap(({ value }) => value.flatMap(({ address }) => address ?? []));
}

function line(lines: ParsedMail['headerLines'], name: string): string | null {
  const found = lines.find(({ key }) => key === name.toLowerCase());
  return found === undefined
    ? null
    : found.line
        .slice(found.line.indexOf(':') + 1)
        .replace(/\r?\n\s+/g, ' ')
        .trim();
}
