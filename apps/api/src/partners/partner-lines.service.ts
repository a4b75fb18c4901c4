import { Injectable, type StreamableFile } from '@nestjs/common';
import type { z } from 'zod';
import { Activations, LaunchReminders } from '#activations';
import type { PartnerLine, PartnerProgress, PartnerQuery, Partners, PartnerTableQuery } from '#contracts';
import { ChannelManagers, PartnerInvitations } from '#identity';
import { BrandCompletions } from '#insight';
import { Clock, type PartnerGroupId, type PartnerId, type VendorActor } from '#kernel';
import { type Membership, Memberships, type MembershipStatus, PartnerGroups } from '#organisations';
import { CsvTable, type TableColumn } from '../http/csv-table.js';
import { idCursor, nextCursor } from '../http/cursor-page.js';
import { sentInvitationView } from '../team/invitation.view.js';
import { partnerView } from './partners.view.js';

/** The condition of each value of the progress filter. */
const PROGRESS: Readonly<Record<PartnerProgress, { status: MembershipStatus; isLaunched?: boolean }>> = {
  invited: { status: 'invited' },
  accepted: { status: 'active', isLaunched: false },
  launched: { status: 'active', isLaunched: true },
  ended: { status: 'ended' },
};

/** Partners that have launched, or have not, without those in groups. */
function among(
  launched: readonly PartnerId[],
  isLaunched: boolean | undefined,
  inGroups: ReadonlySet<PartnerId>,
): { readonly partnerIds: readonly PartnerId[]; readonly is: boolean } | undefined {
  if (isLaunched === true) return { partnerIds: launched.filter((id) => !inGroups.has(id)), is: true };
  if (isLaunched === false) return { partnerIds: [...launched, ...inGroups], is: false };
  return inGroups.size === 0 ? undefined : { partnerIds: [...inGroups], is: false };
}

const COLUMNS = [
  'partnerId',
  'externalId',
  'partner',
  'country',
  'tier',
  'region',
  'manager',
  'status',
  'invited',
  'joined',
  'brand',
  'launched',
  'reminded',
] as const satisfies readonly TableColumn[];

const timeCell = (instant: string | null): Date | null => (instant === null ? null : new Date(instant));

/** Rows of a table that are read at once. */
const PAGE = 500;

/** A vendor's partners with their progress. */
@Injectable()
export class PartnerLines {
  constructor(
    private readonly memberships: Memberships,
    private readonly groups: PartnerGroups,
    private readonly invitations: PartnerInvitations,
    private readonly managers: ChannelManagers,
    private readonly activations: Activations,
    private readonly reminders: LaunchReminders,
    private readonly brands: BrandCompletions,
    private readonly clock: Clock,
  ) {}

  async page(actor: VendorActor, query: z.output<typeof PartnerQuery>): Promise<z.output<typeof Partners>> {
    const launched = await this.activations.partnersThatLaunched(actor);
    const members = await this.members(actor, query, launched);
    return {
      items: await this.linesOf(actor, members, launched),
      nextCursor: nextCursor(members, query.limit, ({ id }) => id),
    };
  }

  /** A file with a row for each partner. */
  async table(actor: VendorActor, query: z.output<typeof PartnerTableQuery>): Promise<StreamableFile> {
    const names = new Map((await this.managers.list(actor)).map(({ id, name }) => [id as string, name]));
    const lines: PartnerLine[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.page(actor, { ...query, limit: PAGE, cursor });
      lines.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return new CsvTable(COLUMNS, query.language).file(
      lines.map((line) => [
        line.id,
        line.externalId,
        line.name,
        line.countryCode,
        line.tier,
        line.region,
        line.managerId === null ? null : (names.get(line.managerId) ?? null),
        line.status,
        timeCell(line.invitedAt),
        timeCell(line.joinedAt),
        line.hasBrand ? 'complete' : 'incomplete',
        line.hasLaunched ? 'yes' : 'no',
        timeCell(line.remindedAt),
      ]),
      'partners.csv',
    );
  }

  private async members(
    actor: VendorActor,
    query: z.output<typeof PartnerQuery>,
    launched: readonly PartnerId[],
  ): Promise<Membership[]> {
    const { status = query.status, isLaunched } = query.progress === undefined ? {} : PROGRESS[query.progress];
    const inGroups = await this.inGroups(actor, query.outsideGroups ?? []);
    return this.memberships.list(actor, {
      limit: query.limit,
      afterId: idCursor(query.cursor),
      query: query.q,
      status,
      managerId: query.manager === 'none' ? null : query.manager,
      among: among(launched, isLaunched, inGroups),
    });
  }

  private async inGroups(actor: VendorActor, ids: readonly PartnerGroupId[]): Promise<ReadonlySet<PartnerId>> {
    if (ids.length === 0) return new Set();
    const members = await this.groups.membersByGroup(actor, await this.groups.ofIds(actor, ids));
    return new Set([...members.values()].flat());
  }

  private async linesOf(
    actor: VendorActor,
    members: readonly Membership[],
    launched: readonly PartnerId[],
  ): Promise<PartnerLine[]> {
    const partnerIds = members.map(({ partnerId }) => partnerId);
    const invitations = await this.invitations.pending(actor, partnerIds);
    const waiting = await this.invitations.waitingAmong(actor, partnerIds);
    const reminded = await this.reminders.newest(actor, partnerIds);
    const branded = await this.brands.countAmong(partnerIds);
    const now = this.clock.now();
    return members.map((member) => {
      const invitation = invitations.get(member.partnerId);
      return {
        ...partnerView(member),
        hasLaunched: launched.includes(member.partnerId),
        hasBrand: branded.has(member.partnerId),
        remindedAt: reminded.get(member.partnerId)?.toISOString() ?? null,
        invitation: invitation === undefined ? null : sentInvitationView(invitation, now),
        isInvitationWaiting: waiting.get(member.partnerId) === null,
        invitationRefusal: waiting.get(member.partnerId) ?? null,
      };
    });
  }
}
