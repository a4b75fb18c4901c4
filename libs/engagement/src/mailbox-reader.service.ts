import { createHash } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { Counter } from 'prom-client';
import { CONFIG, type Config } from '#config';
import { DomainError, messageOf } from '#kernel';
import { ImapMailbox, recipientsOf, withCrlf, withoutPersonalData } from '#mailer';
import { ReturnAddresses } from './return-addresses.service.js';
import { type MailboxLease, MailboxProgress, type WaitingMail } from './mailbox-progress.service.js';
import { RETURNS_ADDRESS, type ReturnAddress } from './return-address.js';
import { Returns } from './returns.service.js';

/** As the inbound port. */
const MAX_BYTES = 20 * 1024 * 1024;
const MAX_TRIES = 5;
const AT_ONCE = 200;
/** As long as `message.in-hand` asks for. */
const EARLY_PAUSE_MS = 60_000;
/** The limit is of 24 hours: more often, a flood would be fetched in vain. */
const OVER_LIMIT_PAUSE_MS = 3_600_000;
/** The most telling first: each mail is about one message. */
const ADDRESS_PRIORITY: readonly ReturnAddress['kind'][] = [
  'bounce',
  'forwarded',
  'reply',
  'leave',
  'invitation',
  'sender',
  'service',
];

const mails = new Counter({
  name: 'throughline_mailbox_mails_total',
  help: 'Mails of the mailbox that is read by IMAP, by what became of them: read, later, aside, gone.',
  labelNames: ['outcome'],
});

/**
 * Reads a mailbox and processes each mail as mail for a return address.
 * Each mail counts once, despite concurrent readers and crashes.
 */
@Injectable()
export class MailboxReader {
  private readonly logger = new Logger(MailboxReader.name);

  constructor(
    private readonly progress: MailboxProgress,
    private readonly returns: Returns,
    private readonly addresses: ReturnAddresses,
    @Inject(CONFIG) private readonly config: Pick<Config, 'IMAP_URL' | 'IMAP_DONE_FOLDER'>,
  ) {}

  /**
   * One round: finds new mail and processes waiting mail.
   * @returns whether there may be more; false also while another process reads,
   *   and if no mail could be processed: then the next round is after a pause.
   * @throws Error when the mailbox or the database does not answer; the next
   *   round retries.
   */
  async readOnce(): Promise<boolean> {
    const lease = await this.progress.claim(mailboxId(this.config.IMAP_URL));
    if (lease === null) return false;
    let isRead = false;
    try {
      const mailbox = await ImapMailbox.open(this.config.IMAP_URL);
      try {
        const hasMore = await this.read(mailbox, lease);
        isRead = true;
        return hasMore;
      } finally {
        await mailbox.close();
      }
    } finally {
      await this.progress.release(lease, isRead);
    }
  }

  private async read(mailbox: ImapMailbox, lease: MailboxLease): Promise<boolean> {
    const { mailboxId: id } = lease;
    const { uidValidity } = mailbox;
    // A new or recreated mailbox has old mail: only unread mail is read.
    const isKnown = lease.uidValidity === uidValidity;
    const uids = isKnown ? await mailbox.after(lease.lastUid) : await mailbox.unseen();
    const upTo = Math.max(isKnown ? lease.lastUid : mailbox.uidNext - 1, ...uids);
    await this.progress.recordFound(lease, uidValidity, uids, upTo);
    const waiting = await this.progress.waiting(id, uidValidity, AT_ONCE);
    let isAnyDone = false;
    for (const mail of waiting) {
      if (!(await this.progress.renew(lease))) return false;
      const outcome = await this.handle(mailbox, id, mail);
      mails.inc({ outcome });
      isAnyDone ||= outcome !== 'later';
    }
    return waiting.length === AT_ONCE && isAnyDone;
  }

  private async handle(
    mailbox: ImapMailbox,
    id: string,
    { uid, tries }: WaitingMail,
  ): Promise<'read' | 'later' | 'aside' | 'gone'> {
    const { uidValidity } = mailbox;
    const aside = async (why: string): Promise<'aside'> => {
      await this.progress.recordFailure(id, uidValidity, uid, why, true);
      await this.ignoreMarkFailure(mailbox.flag(uid));
      return 'aside';
    };
    const bytes = await mailbox.sizeOf(uid);
    if (bytes !== null && bytes > MAX_BYTES) return aside(`too large: ${bytes} bytes`);
    const source = bytes === null ? null : await mailbox.source(uid);
    // Some mailboxes deliver the line ends of the program that wrote the mail.
    const raw = source === null ? null : withCrlf(source);
    try {
      const outcome =
        raw === null ? 'stored' : await this.returns.receive({ from: '', recipient: this.recipientOf(raw), raw });
      if (outcome === 'refused') return await aside('it answers no message of the partner');
    } catch (error) {
      const pauseMs = pauseAfter(error);
      const why = withoutPersonalData(messageOf(error)).slice(0, 200);
      if (pauseMs === null && tries + 1 >= MAX_TRIES) return aside(why);
      if (pauseMs === null) await this.progress.recordFailure(id, uidValidity, uid, why, false);
      else await this.progress.postpone(id, uidValidity, uid, pauseMs);
      return 'later';
    }
    await this.progress.markRead(id, uidValidity, uid);
    if (raw === null) return 'gone';
    await this.ignoreMarkFailure(
      mailbox.markDone(uid, this.config.IMAP_DONE_FOLDER === '' ? null : this.config.IMAP_DONE_FOLDER),
    );
    return 'read';
  }

  /**
   * The recipient by its header; other mail is matched by the message that it
   * returns.
   */
  private recipientOf(raw: Buffer): string {
    const opened = recipientsOf(raw).map((address) => ({
      address,
      kind: this.addresses.openReturnAddress(address)?.kind,
    }));
    for (const kind of ADDRESS_PRIORITY) {
      const found = opened.find((one) => one.kind === kind);
      if (found !== undefined) return found.address;
    }
    return `${RETURNS_ADDRESS}@${this.addresses.mailDomain}`;
  }

  /** The database decides what was read; a failed IMAP flag is ignored. */
  private async ignoreMarkFailure(mark: Promise<void>): Promise<void> {
    await mark.catch((error: unknown) => {
      this.logger.warn(`A mail could not be marked: ${messageOf(error)}`);
    });
  }
}

/**
 * How long a mail waits that is not faulty itself: its message is still being
 * submitted, or its reply is over the limit of a day.
 * @returns null if the mail failed.
 */
function pauseAfter(error: unknown): number | null {
  if (!(error instanceof DomainError) || error.kind !== 'unavailable') return null;
  return error.code === 'reply.too-many' ? OVER_LIMIT_PAUSE_MS : EARLY_PAUSE_MS;
}

/** The same mailbox under another password is the same. */
function mailboxId(url: string): string {
  const { host, username, pathname } = new URL(url);
  return createHash('sha256').update(`${username}@${host}${pathname}`).digest('hex');
}
