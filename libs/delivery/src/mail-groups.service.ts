import { Resolver } from 'node:dns/promises';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import { systemActor } from '#kernel';
import { mailGroupOf } from './mail-group.js';

const LOOKER = systemActor('mail-groups');
/** Domains per run of one process. */
const AT_ONCE = 20;
const CLAIM_SECONDS = 60;
const KNOWN_FOR_HOURS = 24;
/** After a DNS failure. */
const AGAIN_HOURS = 1;
/** "No such record" is an answer, not a failure. */
const ABSENT = new Set(['ENOTFOUND', 'ENODATA']);

/**
 * Which mail servers serve which domains. A cache that is filled in the
 * background: sending never waits for DNS.
 */
@Injectable()
export class MailGroups implements OnModuleDestroy {
  private readonly resolver = new Resolver({ timeout: 3_000, tries: 2 });

  constructor(
    private readonly database: Database,
    @Inject(CONFIG) { DNS_SERVERS }: Pick<Config, 'DNS_SERVERS'>,
  ) {
    if (DNS_SERVERS.length > 0) this.resolver.setServers(DNS_SERVERS);
  }

  /** Before the last scheduled runs are awaited. */
  onModuleDestroy(): void {
    this.resolver.cancel();
  }

  /**
   * The known group of each domain; the domain itself until it was looked up.
   * In the open transaction.
   */
  async groupsOf(domains: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const asked = [...new Set(domains)].sort();
    const rows = await this.database.query<{ domain: string; group: string }>(
      'SELECT domain, mail_group AS "group" FROM delivery.mail_group WHERE domain = ANY ($1)',
      [asked],
    );
    const known = new Map(rows.map(({ domain, group }) => [domain, group]));
    const unknown = asked.filter((domain) => !known.has(domain));
    if (unknown.length > 0)
      await this.database.query(
        'INSERT INTO delivery.mail_group (domain, mail_group, next_look_at) SELECT d, d, now() FROM unnest($1::text[]) d ORDER BY d ON CONFLICT DO NOTHING',
        [unknown],
      );
    return new Map(asked.map((domain) => [domain, known.get(domain) ?? domain]));
  }

  /**
   * Looks due domains up in DNS. Two processes never claim the same.
   * @returns whether there may be more.
   */
  async lookUpDue(): Promise<boolean> {
    const due = await this.database.inTransaction(LOOKER, () =>
      this.database.query<{ domain: string }>(
        `UPDATE delivery.mail_group SET next_look_at = now() + $1 * interval '1 second'
         WHERE domain IN (SELECT domain FROM delivery.mail_group WHERE next_look_at <= now() ORDER BY next_look_at
           LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING domain`,
        [CLAIM_SECONDS, AT_ONCE],
      ),
    );
    await Promise.all(due.map(({ domain }) => this.lookUp(domain)));
    return due.length === AT_ONCE;
  }

  /** After a DNS failure the known group stays. */
  private async lookUp(domain: string): Promise<void> {
    const group = await this.queryMx(domain);
    await this.database.inTransaction(LOOKER, () =>
      this.database.query(
        `UPDATE delivery.mail_group SET mail_group = coalesce($2, mail_group), next_look_at = now() + $3 * interval '1 hour' WHERE domain = $1`,
        [domain, group, group === null ? AGAIN_HOURS : KNOWN_FOR_HOURS],
      ),
    );
  }

  private async queryMx(domain: string): Promise<string | null> {
    try {
      return mailGroupOf(domain, await this.resolver.resolveMx(domain));
    } catch (error) {
      return ABSENT.has((error as NodeJS.ErrnoException).code ?? '') ? domain : null;
    }
  }
}
