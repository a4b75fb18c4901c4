import { Injectable } from '@nestjs/common';
import { Partnerships } from '#activations';
import type { PartnerActor, PartnerId, VendorActor, VendorId } from '#kernel';
import { type AnnouncedEnd, announcedEnd, lastDayBefore, type Membership, Memberships } from '#organisations';
import type { OrganisationDeletion } from './organisation-deletions.service.js';

const PAGE = 200;

/** The partnerships of an organisation that is to be deleted end with it. */
@Injectable()
export class DeletionEnds {
  constructor(
    private readonly memberships: Memberships,
    private readonly partnerships: Partnerships,
  ) {}

  /** Announces that its partnerships end with it. Skips those with an announced end. Idempotent. */
  async announce(deletion: OrganisationDeletion): Promise<void> {
    const { dueAt, reason } = deletion;
    const wish = {
      reason,
      lastDay: lastDayBefore(dueAt),
      campaigns: 'stop-with-partnership',
      campaignsLastDay: null,
    } as const;
    const actor = actorOf(deletion);
    for await (const member of this.activeMemberships(actor)) {
      // It stays if the deletion is withdrawn. The deletion itself ends what is left.
      if (announcedEnd(member) !== null) continue;
      if (actor.kind === 'partner') await this.partnerships.leave(actor, member.vendorId, wish);
      else await this.partnerships.end(actor, member.partnerId, wish);
    }
  }

  /** Takes back the ends that this deletion had announced. Idempotent. */
  async takeBack(deletion: OrganisationDeletion): Promise<void> {
    const actor = actorOf(deletion);
    for await (const member of this.activeMemberships(actor)) {
      const end = announcedEnd(member);
      if (end === null || end.by !== actor.kind || !isOf(deletion, end)) continue;
      if (actor.kind === 'partner') await this.partnerships.stay(actor, member.vendorId);
      else await this.partnerships.reinstate(actor, member.partnerId);
    }
  }

  /** Ends them all, now: nothing of their campaigns is being sent when it returns. Idempotent. */
  async endAll({ side, organisationId, reason }: OrganisationDeletion): Promise<void> {
    await this.partnerships.endAllOf(side, organisationId as PartnerId | VendorId, reason);
  }

  private async *activeMemberships(actor: VendorActor | PartnerActor): AsyncGenerator<Membership> {
    for (let afterId: string | null = null; ;) {
      const page = await this.memberships.list(actor, { status: 'active', limit: PAGE, afterId });
      yield* page;
      if (page.length < PAGE) return;
      afterId = page.at(-1)?.id ?? null;
    }
  }
}

/** Whether this deletion has announced it: a person can have announced another end for the same day. */
const isOf = ({ dueAt, reason, requestedAt }: OrganisationDeletion, end: AnnouncedEnd): boolean =>
  end.endsAt.getTime() === dueAt.getTime() && end.reason === reason && end.announcedAt >= requestedAt;

/** The owner who asked: the other side of a partnership reads the name. */
function actorOf({ side, organisationId, requestedBy }: OrganisationDeletion): VendorActor | PartnerActor {
  const who = { role: 'owner', userId: null, apiKeyId: null, name: requestedBy } as const;
  return side === 'vendor'
    ? { kind: 'vendor', vendorId: organisationId as VendorActor['vendorId'], ...who }
    : { kind: 'partner', partnerId: organisationId as PartnerActor['partnerId'], ...who };
}
