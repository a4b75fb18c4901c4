import { uptime } from 'node:os';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { type UnknownMessage, UnknownMessages } from '#delivery';
import { Clock, systemActor, messageOf } from '#kernel';
import { type LogFinding, type LogReading, PostfixLog } from '#mailer';

const READER = systemActor('evidence');
/** A message becomes unknown when its lease ends: after two hours at most. */
const LOG_REACH_MS = 3 * 3_600_000;
/** The relay of the log, by its name in the ledger. */
const ITS_RELAY = 'SMTP_URL';

/** What a log says about unknown messages. */
export interface ReadOfLog {
  readonly found: readonly { readonly message: UnknownMessage; readonly finding: LogFinding }[];
  /** Those that it would have if its relay had taken them. */
  readonly absent: readonly UnknownMessage[];
}

const NOTHING: ReadOfLog = { found: [], absent: [] };

/** Looks up all unknown messages in the log of the installation's own relay. */
@Injectable()
export class RelayLog {
  private readonly logger = new Logger(RelayLog.name);
  private readonly log: PostfixLog | null;

  constructor(
    private readonly unknown: UnknownMessages,
    private readonly clock: Clock,
    @Inject(CONFIG)
    private readonly config: Pick<
      Config,
      'POSTFIX_LOG' | 'POSTFIX_LOG_IS_COMPLETE' | 'POSTFIX_LOG_SETTLES_MINUTES' | 'MAIL_DOMAIN'
    >,
  ) {
    this.log = config.POSTFIX_LOG === '' ? null : new PostfixLog(config.POSTFIX_LOG);
  }

  async read(): Promise<ReadOfLog> {
    if (this.log === null) return NOTHING;
    const byMessageId = new Map<string, UnknownMessage>();
    // All at once: a log is read from its beginning for each new message.
    for await (const messages of this.unknown.pages(READER))
      for (const message of messages) byMessageId.set(`${message.id}@${this.config.MAIL_DOMAIN}`, message);
    const [oldest] = byMessageId.values();
    if (oldest === undefined) return NOTHING;
    const since = new Date(Math.min(this.machineMs(oldest.unknownSince), Date.now()) - LOG_REACH_MS);
    const reading = await this.readingOf(this.log, new Set(byMessageId.keys()), since);
    if (reading === null) return NOTHING;
    const all = [...byMessageId].map(([messageId, message]) => ({ messageId, message }));
    return {
      found: all.flatMap(({ messageId, message }) => {
        const finding = reading.found.get(messageId);
        return finding === undefined ? [] : [{ message, finding }];
      }),
      absent: all.flatMap(({ messageId, message }) => (this.isAbsent(messageId, message, reading) ? [message] : [])),
    };
  }

  private async readingOf(log: PostfixLog, ids: ReadonlySet<string>, since: Date): Promise<LogReading | null> {
    try {
      return await log.lookUp(ids, since);
    } catch (error) {
      this.logger.warn(`POSTFIX_LOG could not be read: ${messageOf(error)}`);
      return null;
    }
  }

  /**
   * A restored backup does not know when a message was submitted.
   * Another relay's log proves nothing.
   */
  private isAbsent(messageId: string, message: UnknownMessage, { has, span }: LogReading): boolean {
    const { relay, reason, soonestAt, unknownSince } = message;
    if (span === null || relay !== ITS_RELAY || reason === 'restored' || has(messageId)) return false;
    const { POSTFIX_LOG_IS_COMPLETE, POSTFIX_LOG_SETTLES_MINUTES } = this.config;
    // Lines of the last seconds before a power cut are in no log: loggers sync
    // nothing.
    const wholeSinceMs = Math.max(span.fromMs, Date.now() - uptime() * 1000);
    const settledMs = this.machineMs(unknownSince) + POSTFIX_LOG_SETTLES_MINUTES * 60_000;
    return POSTFIX_LOG_IS_COMPLETE && wholeSinceMs <= this.machineMs(soonestAt) && settledMs <= span.toMs;
  }

  /** A log has the machine's time; the product's clock may be ahead of it. */
  private machineMs(moment: Date): number {
    return Date.now() - (this.clock.now().getTime() - moment.getTime());
  }
}
