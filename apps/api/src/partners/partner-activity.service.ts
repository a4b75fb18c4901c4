import { Injectable } from '@nestjs/common';
import { type Activation, Activations, forVendor, VendorServers } from '#activations';
import { type AuditEntry, AuditLog } from '#audit';
import { PublishedVersions } from '#campaigns';
import type { PartnerActivity as ActivityView, PartnerActivityKind } from '#contracts';
import { Accounts } from '#identity';
import { Clock, type PartnerId, systemActor, type VendorActor, vendorProcess } from '#kernel';
import { type Membership, Memberships } from '#organisations';
import { PartnerTiers } from '#tiers';

type Item = ActivityView['items'][number];

const LAUNCHES = 50;
const ENTRIES = 100;
const SHOWN = 50;

/** Entries of the vendor's audit log that say what happened with a partner. */
const KINDS: Readonly<Partial<Record<string, PartnerActivityKind>>> = {
  'membership.invited': 'invited',
  'person.invited': 'person-invited',
  'membership.changed': 'changed',
  'membership.reminded': 'reminded',
  'membership.manager-assigned': 'manager-assigned',
  'membership.manager-taken-away': 'manager-taken-away',
  'membership.brought': 'distributor-changed',
  'membership.distribution-changed': 'distributor-changed',
  'membership.distributor-ended': 'distributor-changed',
  'tier.set': 'tier-set',
  'tier.freed': 'tier-freed',
  'programme-terms.accepted': 'terms-accepted',
  'membership.end-announced': 'end-announced',
  'membership.ended': 'ended',
  'membership.reinstated': 'reinstated',
  'membership.return-offered': 'return-offered',
  'membership.withdrawn': 'invitation-withdrawn',
  'partner-attributes.changed': 'attributes-changed',
  'relay-consent.given': 'servers-agreed',
  'relay-consent.revoked': 'servers-refused',
  'activation.held-by-vendor': 'held-by-vendor',
  'activation.released-by-vendor': 'released-by-vendor',
  'activation.stopped-by-vendor': 'stopped-by-vendor',
};
const ACTIONS = Object.keys(KINDS);
/** Their entries name a manager or distributor. */
const NAMING: ReadonlySet<PartnerActivityKind> = new Set(['manager-assigned', 'distributor-changed']);

const NOTHING = { at: null, by: null, campaignId: null, title: null, facts: {} } as const;

/** What happened with a partner, for its vendor: from facts that the vendor may see one by one. Nothing of contacts. */
@Injectable()
export class PartnerActivity {
  constructor(
    private readonly audit: AuditLog,
    private readonly memberships: Memberships,
    private readonly accounts: Accounts,
    private readonly activations: Activations,
    private readonly published: PublishedVersions,
    private readonly servers: VendorServers,
    private readonly tiers: PartnerTiers,
    private readonly clock: Clock,
  ) {}

  /** Newest first. Days are of the UTC calendar. */
  async of(actor: VendorActor, partnerId: PartnerId): Promise<Item[]> {
    const member = await this.memberships.ofPartner(actor, partnerId);
    // A channel manager reads no entries: they name other partners. Those of one partner are theirs.
    const reader = vendorProcess('partner-activity', actor.vendorId);
    const newest = { limit: ENTRIES, beforeId: null };
    const about = [
      ...(await this.audit.read(reader, newest, { actions: ACTIONS, searchText: partnerId })),
      ...(await this.audit.read(reader, newest, { actions: ACTIONS, searchText: member.id })),
    ];
    const entries = [...new Map(about.map((entry) => [entry.id, entry])).values()].flatMap(itemOf);
    const items = [
      ...entries,
      ...startOf(member, entries),
      ...(await this.tiersByRule(actor, partnerId)),
      ...(await this.launches(actor, partnerId)),
      ...(await this.signIns(actor, partnerId)),
    ];
    return items.toSorted((a, b) => (orderOf(a) < orderOf(b) ? 1 : -1)).slice(0, SHOWN);
  }

  /** Those that a person has set have entries. */
  private async tiersByRule(actor: VendorActor, partnerId: PartnerId): Promise<Item[]> {
    const changes = await this.tiers.historyOf(actor, actor.vendorId, partnerId);
    return changes.flatMap(({ to: tier, at, rulesVersion }) =>
      rulesVersion === null ? [] : [{ ...NOTHING, kind: 'tier-by-rules' as const, ...momentOf(at), facts: { tier } }],
    );
  }

  private async launches(actor: VendorActor, partnerId: PartnerId): Promise<Item[]> {
    const launched = await this.activations.ofPartner(actor, partnerId, LAUNCHES);
    const versions = launched.map(({ versionId }) => versionId);
    const titles = await this.published.titlesOf(systemActor('partner-page', { partnerId }), versions);
    const lacksConsent = (await this.servers.missingOfPartners(actor, [partnerId])).has(partnerId);
    const now = this.clock.now();
    return launched.flatMap((activation) => {
      const { campaignId, versionId } = activation;
      const campaign = { ...NOTHING, campaignId, title: { ...titles.get(versionId) } };
      return changesOf(activation, now, lacksConsent).map(({ kind, at }) => ({ ...campaign, kind, ...momentOf(at) }));
    });
  }

  /** The last one of each person, by day: more is not stored. */
  private async signIns(actor: VendorActor, partnerId: PartnerId): Promise<Item[]> {
    const people = await this.accounts.peopleOfPartner(actor, partnerId);
    return people.flatMap(({ name: by, lastSignedInAt }) =>
      lastSignedInAt === null ? [] : [{ ...NOTHING, kind: 'signed-in' as const, by, on: dayOf(lastSignedInAt) }],
    );
  }
}

/** When it was invited and joined. An entry names who invited it, so it counts where there is one. */
function startOf({ invitedAt, joinedAt }: Membership, entries: readonly Item[]): Item[] {
  const isKnown = entries.some(({ kind }) => kind === 'invited');
  return [
    ...(isKnown ? [] : [{ ...NOTHING, kind: 'invited' as const, ...momentOf(invitedAt) }]),
    ...(joinedAt === null ? [] : [{ ...NOTHING, kind: 'joined' as const, ...momentOf(joinedAt) }]),
  ];
}

/** What a vendor is told of a launch: never when its contacts have finished. */
function changesOf(
  activation: Activation,
  now: Date,
  lacksConsent: boolean,
): { readonly kind: PartnerActivityKind; readonly at: Date }[] {
  const { launchedAt, heldAt, plannedEndAt } = activation;
  const { status, endedAt } = forVendor(activation, now, lacksConsent);
  const end = status === 'over' ? plannedEndAt : endedAt;
  return [
    { kind: 'launched', at: launchedAt },
    ...(status === 'held' && heldAt !== null ? [{ kind: 'held' as const, at: heldAt }] : []),
    ...(end === null ? [] : [{ kind: status === 'over' ? ('over' as const) : ('stopped' as const), at: end }]),
  ];
}

/** An entry that has no text of its own here is left out. */
function itemOf({ action, at, actorKind, actorName, details }: AuditEntry): Item[] {
  const kind = KINDS[action];
  if (kind === undefined) return [];
  return [
    { ...NOTHING, kind, ...momentOf(at), by: actorKind === 'system' ? null : actorName, facts: factsOf(kind, details) },
  ];
}

/** What was changed, by name: the same fields whatever the entry has. */
function factsOf(kind: PartnerActivityKind, details: Readonly<Record<string, unknown>>): Item['facts'] {
  const text = (name: string): string | undefined => {
    const value = details[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const { attributes } = details;
  const names = Array.isArray(attributes) ? attributes.filter((name) => typeof name === 'string') : [];
  return {
    tier: text('tier'),
    name: NAMING.has(kind) ? (text('name') ?? text('distributor')) : undefined,
    region: text('region'),
    reason: text('reason'),
    lastDay: text('lastDay'),
    attributes: names.length === 0 ? undefined : names.join(', '),
  };
}

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
const momentOf = (at: Date) => ({ at: at.toISOString(), on: dayOf(at) });

/** What is known by day only comes after what is known to the minute. */
const orderOf = ({ at, on }: Item): string => at ?? on;
