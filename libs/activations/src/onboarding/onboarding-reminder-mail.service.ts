import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import { Accounts, SystemMail, type TeamMember } from '#identity';
import { Clock, DAY_MS, type PartnerProcess, type VendorId } from '#kernel';
import { contactReaders, Notifier, Receipts } from '#notifications';
import { Organisations } from '#organisations';
import { onboardingLetter } from './onboarding-letter.js';
import type { OnboardingStepKey } from './onboarding-steps.js';

/** The event, as notifications name it. */
export const REMINDED = 'onboarding-reminder';
const KIND = 'onboarding';
/** A person gets at most one in this time, from all vendors and for all of their organisations. */
const PERSON_MS = 7 * DAY_MS;

/** Identifies a reminder among those of a partner. */
export const reminderKey = (vendorId: VendorId, number: number): string => `${vendorId} ${number}`;

interface Reminder {
  readonly vendorId: VendorId;
  /** Of the partner by this vendor, from 1. */
  readonly number: number;
  readonly openSteps: readonly OnboardingStepKey[];
}

/** Tells owners of a partner what its first launch still needs. */
@Injectable()
export class OnboardingReminderMail {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly accounts: Accounts,
    private readonly organisations: Organisations,
    private readonly receipts: Receipts,
    private readonly notifier: Notifier,
    private readonly mail: SystemMail,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /**
   * Joins the open transaction.
   * @returns false: nobody may be told now, because all had such a mail lately.
   */
  async post(actor: PartnerProcess, { vendorId, number, openSteps }: Reminder): Promise<boolean> {
    const { partnerId } = actor;
    const owners = (await this.accounts.team(actor, partnerId)).filter(isOwner);
    await this.lockAll(owners);
    const since = new Date(this.clock.now().getTime() - PERSON_MS);
    const lately = await this.receipts.mailedSince(
      owners.map(({ id }) => id),
      KIND,
      since,
    );
    if (owners.every(({ id }) => lately.has(id))) return false;
    const [vendor, partner] = [
      await this.organisations.get(actor, vendorId),
      await this.organisations.get(actor, partnerId),
    ];
    const told = await this.notifier.readersNow(actor, [
      {
        organisationId: partnerId,
        kind: KIND,
        event: REMINDED,
        key: reminderKey(vendorId, number),
        by: vendor.name,
        titles: null,
        number: openSteps.length,
        path: '/',
        audience: { ...contactReaders(null), includes: (member) => isOwner(member) && !lately.has(member.id) },
      },
    ]);
    const about = { vendor: { id: vendorId, name: vendor.name }, partner: partner.name, openSteps };
    await this.mail.postAll(
      told.map(({ reader }) => ({ message: onboardingLetter(reader, this.config.PUBLIC_URL, about) })),
    );
    return true;
  }

  /**
   * Two vendors would exceed the limit of a person together. In the order of ids: otherwise they could wait for
   * each other.
   */
  private async lockAll(owners: readonly TeamMember[]): Promise<void> {
    for (const id of owners.map((owner) => owner.id).sort()) await this.database.lock(`onboarding reminder of ${id}`);
  }
}

/** Owners can do each of the steps. */
const isOwner = ({ role }: TeamMember): boolean => role === 'owner';
