import type { ImapFlow } from 'imapflow';
import { addressesIn } from '#kernel';

const CONNECT_MS = 20_000;
const IDLE_MS = 60_000;

/**
 * A mailbox on an IMAP server (RFC 9051), open for one round of reading.
 * It never deletes a mail.
 */
export class ImapMailbox {
  private constructor(
    private readonly client: ImapFlow,
    readonly uidValidity: string,
    /** The UID that the next mail will get. */
    readonly uidNext: number,
  ) {}

  /**
   * @param url `imaps://user:password@host:993/INBOX`.
   * With `imap`, STARTTLS is used if the server offers it.
   * @throws Error if the server is down, or refuses the user or the folder.
   */
  static async open(url: string): Promise<ImapMailbox> {
    const { protocol, hostname, port, username, password, pathname } = new URL(url);
    const secure = protocol === 'imaps:';
    // Loaded here: most installations read no mailbox, and it costs each start
    // 0.2 s of processor time.
    const { ImapFlow } = await import('imapflow');
    const client = new ImapFlow({
      host: hostname,
      port: port === '' ? (secure ? 993 : 143) : Number(port),
      secure,
      auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
      logger: false,
      disableAutoIdle: true,
      connectionTimeout: CONNECT_MS,
      socketTimeout: IDLE_MS,
    });
    // A lost connection fails the pending command.
    // Without a listener it would also end the process.
    client.on('error', () => undefined);
    await client.connect();
    try {
      const { uidValidity, uidNext } = await client.mailboxOpen(folderOf(pathname));
      return new ImapMailbox(client, String(uidValidity), uidNext);
    } catch (error) {
      client.close();
      throw error;
    }
  }

  /** UIDs of unread mails. */
  async unseen(): Promise<number[]> {
    return (await this.client.search({ seen: false }, { uid: true })) || [];
  }

  /** UIDs greater than `uid`. */
  async after(uid: number): Promise<number[]> {
    const found = (await this.client.search({ uid: `${uid + 1}:*` }, { uid: true })) || [];
    // A range to "*" always includes the last mail.
    return found.filter((each) => each > uid);
  }

  /** @returns its size in bytes; null if it has gone. */
  async sizeOf(uid: number): Promise<number | null> {
    const found = await this.client.fetchOne(String(uid), { size: true }, { uid: true });
    return found ? (found.size ?? 0) : null;
  }

  /** The mail as received; null if it has gone. Does not mark it as read. */
  async source(uid: number): Promise<Buffer | null> {
    const found = await this.client.fetchOne(String(uid), { source: true }, { uid: true });
    return found ? (found.source ?? null) : null;
  }

  /**
   * Marks a mail as read, and moves it to `folder`, which is created if
   * missing.
   */
  async markDone(uid: number, folder: string | null): Promise<void> {
    await this.client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true });
    if (folder === null) return;
    const moved = await this.client.messageMove(String(uid), folder, { uid: true });
    if (moved !== false) return;
    await this.client.mailboxCreate(folder);
    await this.client.messageMove(String(uid), folder, { uid: true });
  }

  /** Flags a mail that a human must read. */
  async flag(uid: number): Promise<void> {
    await this.client.messageFlagsAdd(String(uid), ['\\Flagged'], { uid: true });
  }

  async close(): Promise<void> {
    await this.client.logout().catch(() => {
      this.client.close();
    });
  }
}

const folderOf = (pathname: string): string => decodeURIComponent(pathname.replace(/^\//, '')) || 'INBOX';

const ENVELOPE = /^(?:delivered-to|x-original-to|envelope-to|x-envelope-to|x-forwarded-to|to|cc):(.*)$/gim;
const MAX_HEADER_BYTES = 256 * 1024;
const MAX_ADDRESSES = 100;

/**
 * The recipients of a mail by its header, because an IMAP server stores no
 * envelope.
 * @returns at most 100 addresses.
 */
export function recipientsOf(raw: Buffer): string[] {
  const [header = ''] = raw
    .subarray(0, MAX_HEADER_BYTES)
    .toString('latin1')
    .split(/\r?\n\r?\n/, 1);
  const lines = header.replace(/\r?\n[ \t]+/g, ' ');
  const found = [...lines.matchAll(ENVELOPE)].flatMap(([, value = '']) => addressesIn(value));
  return [...new Set(found)].slice(0, MAX_ADDRESSES);
}
