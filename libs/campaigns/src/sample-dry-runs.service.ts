import { Injectable } from '@nestjs/common';
import { type CampaignId, Clock, DomainError, isTimeZone, type VendorActor } from '#kernel';
import { type ContactField, type Happening, NO_CHOICES, type Rehearsal, rehearse } from '#sequencing';
import { CampaignLibrary } from './campaign-library.service.js';

/** A contact that there is not. */
export interface SampleContact {
  readonly name: string;
  readonly timeZone: string;
  /** What is not there is not known of it. */
  readonly fields: Partial<Record<ContactField, string>>;
  /** What it does, counted from the start. */
  readonly happenings: readonly {
    readonly kind: 'click' | 'form' | 'reply' | 'event';
    readonly name: string | null;
    readonly afterHours: number;
  }[];
}

export interface SampleDryRun {
  readonly startAt: Date;
  readonly until: Date;
  readonly samples: readonly (Rehearsal & { readonly contact: SampleContact })[];
}

const HOUR_MS = 3_600_000;
const HORIZON_MS = 90 * 24 * HOUR_MS;

/** Lets a vendor see who would get what when, on contacts of its own making: those of partners are not the vendor's to see. */
@Injectable()
export class SampleDryRuns {
  constructor(
    private readonly library: CampaignLibrary,
    private readonly clock: Clock,
  ) {}

  /** @param startAt null: now. @throws DomainError `campaign-version.not-found`, `dry-run.time-zone`. */
  async of(
    actor: VendorActor,
    { campaignId, number }: { campaignId: CampaignId; number: number },
    contacts: readonly SampleContact[],
    startAt: Date | null,
  ): Promise<SampleDryRun> {
    contacts.forEach(refuseZone);
    const { compiled } = await this.library.version(actor, campaignId, number);
    const from = startAt ?? this.clock.now();
    const until = new Date(from.getTime() + HORIZON_MS);
    const samples = contacts.map((contact) => {
      const { timeZone: zone, fields } = contact;
      const situation = { zone, country: fields.country ?? null, fields, happenings: happeningsOf(contact, from) };
      const assumed = { startAt: from, until, ...situation, lists: [], choices: NO_CHOICES };
      return { contact, ...rehearse(compiled.definition.sequence, assumed) };
    });
    return { startAt: from, until, samples };
  }
}

const happeningsOf = ({ happenings }: SampleContact, from: Date): Happening[] =>
  happenings
    .map(({ kind, name, afterHours }) => ({ kind, name, at: new Date(from.getTime() + afterHours * HOUR_MS) }))
    .sort((a, b) => a.at.getTime() - b.at.getTime());

function refuseZone({ name, timeZone }: SampleContact, at: number): void {
  if (/^[A-Za-z]/.test(timeZone) && isTimeZone(timeZone)) return;
  throw new DomainError('dry-run.time-zone', `“${timeZone}” of ${name} is no time zone. Write it as Europe/Berlin.`, {
    field: `samples.${at}.timeZone`,
  });
}
