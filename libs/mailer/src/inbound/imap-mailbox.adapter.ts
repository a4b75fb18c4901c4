import { ImapFlow } from 'imapflow';

const CONNECT_MS = 20_000;
const IDLE_MS = 60_000;

/** A mailbox at somebody's IMAP server (RFC 9051), open for one round of reading. Nothing in it is ever deleted. */
export class ImapMailbox {
  private constructor(
    private readonly client: ImapFlow,
    readonly uidValidity: string,
    /** The UID that the next mail gets. */
    readonly uidNext: number,
  ) {}

  /**
   * @param url `imaps://user:password@host:993/INBOX`; `imap` begins in clear and goes on by STARTTLS where the server has it.
   * @throws Error when the server is away, or does not know the user or the folder.
   */
  static async open(url: string): Promise<ImapMailbox> {
    const { protocol, hostname, port, username, password, pathname } = new URL(url);
    const secure = protocol === 'imaps:';
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
    // A connection that breaks fails the command that waits for it; without a listener it would end the process, too.
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

  /** UIDs of mails that nobody has read. */
  async unseen(): Promise<number[]> {
    return (await this.client.search({ seen: false }, { uid: true })) || [];
  }

  /** UIDs beyond one. */
  async after(uid: number): Promise<number[]> {
    const found = (await this.client.search({ uid: `${uid + 1}:*` }, { uid: true })) || [];
    // A range to "*" always names the last one.
    return found.filter((each) => each > uid);
  }

  /** @returns null when it is there no more. */
  async sizeOf(uid: number): Promise<number | null> {
    const found = await this.client.fetchOne(String(uid), { size: true }, { uid: true });
    return found ? (found.size ?? 0) : null;
  }

  /** The mail as it came; null when it is there no more. Reading it marks nothing. */
  async source(uid: number): Promise<Buffer | null> {
    const found = await this.client.fetchOne(String(uid), { source: true }, { uid: true });
    return found ? (found.source ?? null) : null;
  }

  /** Marks a mail as read, and moves it where it is told. */
  async done(uid: number, folder: string | null): Promise<void> {
    await this.client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true });
    if (folder === null) return;
    const moved = await this.client.messageMove(String(uid), folder, { uid: true });
    if (moved !== false) return;
    await this.client.mailboxCreate(folder);
    await this.client.messageMove(String(uid), folder, { uid: true });
  }

  /** Marks a mail for a person to look at. */
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
const ADDRESS = /[^\s<>()[\],;:"@]{1,64}@[^\s<>()[\],;:"@]{1,254}/g;
const MAX_HEADER_BYTES = 256 * 1024;
const MAX_ADDRESSES = 100;

/** Whom a mail was for, as far as its header tells: an IMAP server keeps no envelope. */
export function recipientsOf(raw: Buffer): string[] {
  const [header = ''] = raw
    .subarray(0, MAX_HEADER_BYTES)
    .toString('latin1')
    .split(/\r?\n\r?\n/, 1);
  const lines = header.replace(/\r?\n[ \t]+/g, ' ');
  const found = [...lines.matchAll(ENVELOPE)].flatMap(([, value = '']) => value.match(ADDRESS) ?? []);
  return [...new Set(found)].slice(0, MAX_ADDRESSES);
}
