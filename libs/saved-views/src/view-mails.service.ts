import { Injectable, Logger } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { Accounts, SystemMail, type TeamMember } from '#identity';
import {
  Clock,
  DomainError,
  type PartnerActor,
  type PartnerId,
  type SystemActor,
  systemActor,
  type UserId,
  type VendorActor,
  type VendorId,
} from '#kernel';
import { Organisations } from '#organisations';
import { nextMailAt } from './mail-schedule.js';
import type { SavedView, ScheduledMail } from './saved-view.js';
import { type ViewFile, ViewFiles } from './view-files.service.js';
import { languageOf, ViewLetters } from './view-letters.service.js';
import { faultOf, type ViewQueryFault } from './view-query.js';

interface DueMail extends SavedView, Omit<ScheduledMail, 'nextAt'> {
  readonly userId: UserId;
  readonly side: 'vendor' | 'partner';
}

const MAILS = systemActor('view-mails');
const PAGE = 50;

/**
 * Sends saved views to the people who want them, at their hours. A view with an
 * address that its screen does not know ends with an e-mail that says why. Each file is
 * read as its reader, now: with a lower role or without the partner, they get
 * what they still may see. Safe in any number of processes.
 */
@Injectable()
export class ViewMails {
  private readonly logger = new Logger(ViewMails.name);

  // At the parameter limit.
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly accounts: Accounts,
    private readonly organisations: Organisations,
    private readonly files: ViewFiles,
    private readonly letters: ViewLetters,
    private readonly mail: SystemMail,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Sends what is due. A failure is retried, and blocks no other.
   * @returns whether there may be more.
   */
  async sendDue(): Promise<boolean> {
    const due = await this.database.inTransaction(MAILS, () =>
      this.database.query<DueMail>(
        // In random order: a page of failing ones would block all others.
        `SELECT v.id, v.organisation_id, v.owner_id, v.owner_name, v.name, v.screen, v.query, v.is_shared, o.kind AS side,
           m.user_id, m.rhythm, m.day, m.hour, m.format, m.content AS table
         FROM saved_views.mail m JOIN saved_views.view v ON v.id = m.view_id
           JOIN organisations.organisation_view o ON o.id = v.organisation_id
         WHERE m.next_at <= $1 ORDER BY random() LIMIT $2`,
        [this.clock.now(), PAGE],
      ),
    );
    let sent = 0;
    for (const one of due)
      try {
        await this.send(one);
        sent++;
      } catch (error) {
        this.logger.error('A saved view could not be sent; it is tried again.', error);
      }
    return sent === PAGE;
  }

  private async send(due: DueMail): Promise<void> {
    const scope = scopeOf(due);
    const member = (await this.accounts.team(scope, due.organisationId)).find(({ id }) => id === due.userId);
    // The row goes with the membership: it has just ended.
    if (member === undefined) return;
    const { name: organisation } = await this.organisations.get(scope, due.organisationId);
    const isWanted = member.notifications['saved-views']?.delivery !== 'none';
    const file = isWanted ? await this.fileFor(due, member, organisation) : null;
    await this.database.inTransaction(scope, async () => {
      if (!(await this.claim(due, member)) || file === null) return;
      if ('reason' in file) return this.end(scope, due, file, { member, organisation });
      await this.mail.post(this.letters.compose(due, { member, organisation, file }));
      await this.audit.record(scope, {
        action: 'saved-view.mailed',
        subject: { kind: 'saved-view', id: due.id },
        details: {
          name: due.name,
          screen: due.screen,
          table: due.table,
          format: due.format,
          to: member.name,
          userId: member.id,
        },
      });
    });
  }

  /** A view cannot be changed: the next e-mail would fail as well. */
  private async end(
    scope: SystemActor,
    due: DueMail,
    fault: ViewQueryFault,
    recipient: { readonly member: TeamMember; readonly organisation: string },
  ): Promise<void> {
    const { id, name, screen, isShared, userId } = due;
    const { reason, ...of } = fault;
    await this.mail.post(this.letters.composeRefusal(due, fault, recipient));
    await this.database.query('DELETE FROM saved_views.mail WHERE view_id = $1 AND user_id = $2', [id, userId]);
    await this.audit.record(scope, {
      action: 'saved-view.mail-ended',
      subject: { kind: 'saved-view', id },
      details: { name, screen, isShared, userId, queryFault: reason, ...of },
    });
  }

  /**
   * Null: the role of the reader does not show this screen any more.
   * @returns a fault for an address that the screen does not know.
   */
  private async fileFor(
    due: DueMail,
    member: TeamMember,
    organisation: string,
  ): Promise<ViewFile | ViewQueryFault | null> {
    try {
      const language = languageOf(member);
      const actor = readerOf(due, member);
      const { format, table } = due;
      return await this.files.draw(due, { actor, organisation, language, place: member, format, table });
    } catch (error) {
      if (error instanceof DomainError && error.code === 'saved-view.screen') return null;
      const fault = faultOf(error);
      if (fault !== null) return fault;
      throw error;
    }
  }

  /** @returns whether this process sends it. */
  private async claim({ id, userId, ...schedule }: DueMail, { timeZone }: TeamMember): Promise<boolean> {
    const now = this.clock.now();
    const claimed = await this.database.query(
      'UPDATE saved_views.mail SET next_at = $3 WHERE view_id = $1 AND user_id = $2 AND next_at <= $4 RETURNING 1',
      [id, userId, nextMailAt(schedule, now, timeZone), now],
    );
    return claimed.length > 0;
  }
}

const scopeOf = ({ side, organisationId }: DueMail): SystemActor =>
  side === 'vendor'
    ? systemActor(MAILS.name, { vendorId: organisationId as VendorId })
    : systemActor(MAILS.name, { partnerId: organisationId as PartnerId });

/** The person, as if they looked. */
function readerOf({ side, organisationId }: DueMail, { id, name, role }: TeamMember): VendorActor | PartnerActor {
  const person = { userId: id, apiKeyId: null, name };
  return side === 'vendor'
    ? { ...person, kind: 'vendor', vendorId: organisationId as VendorId, role: role as VendorActor['role'] }
    : { ...person, kind: 'partner', partnerId: organisationId as PartnerId, role: role as PartnerActor['role'] };
}
