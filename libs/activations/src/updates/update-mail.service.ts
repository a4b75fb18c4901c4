import { Inject, Injectable } from '@nestjs/common';
import { BrandProfiles } from '#brand';
import { CampaignLibrary, PublishedVersions } from '#campaigns';
import { CONFIG, type Config } from '#config';
import { type MailReader, type SystemMailMessage, VENDOR_PERMISSIONS } from '#identity';
import type { CampaignVersionId, SystemActor, VendorActor } from '#kernel';
import { concernedReaders, contactReaders, Notifier } from '#notifications';
import { Organisations } from '#organisations';
import type { Activation } from '../activation.js';
import {
  heldUpdateLetter,
  type PartnerFacts,
  updateAskLetter,
  type UpdateDone,
  updateDoneLetter,
} from './update-letter.js';
import type { ActivationUpdate, HeldFor, VersionUpdate } from './version-update.js';

const MAY_PUBLISH: readonly string[] = VENDOR_PERMISSIONS['campaigns.publish'];

/** Tells partners of updates of their campaigns, and vendors of shares that do not begin. */
@Injectable()
export class UpdateMail {
  constructor(
    private readonly published: PublishedVersions,
    private readonly library: CampaignLibrary,
    private readonly organisations: Organisations,
    private readonly profiles: BrandProfiles,
    private readonly notifier: Notifier,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /** Joins the open transaction of a process for the partner. Once for each update. */
  async postAsk(
    actor: SystemActor,
    { updateId, versionId }: ActivationUpdate,
    activation: Activation,
    count: number,
  ): Promise<void> {
    const about = { event: 'update-asks', key: `${updateId} ${activation.id}`, versionId } as const;
    await this.tellPartner(actor, activation, about, (reader, facts) => updateAskLetter(reader, { ...facts, count }));
  }

  /**
   * After a running campaign was updated, or was given its earlier version back.
   * Joins the open transaction of a process for the partner.
   * @param versionId that it runs now.
   */
  async postChanged(
    actor: SystemActor,
    { updateId }: ActivationUpdate,
    activation: Activation,
    { event, versionId }: { readonly event: UpdateDone; readonly versionId: CampaignVersionId },
  ): Promise<void> {
    const about = { event, key: `${updateId} ${activation.id} ${event}`, versionId };
    await this.tellPartner(actor, activation, about, (reader, facts) => updateDoneLetter(reader, event, facts));
  }

  private async tellPartner(
    actor: SystemActor,
    { id, partnerId, vendorId }: Activation,
    {
      event,
      key,
      versionId,
    }: {
      readonly event: UpdateDone | 'update-asks';
      readonly key: string;
      readonly versionId: CampaignVersionId;
    },
    letter: (reader: MailReader, facts: PartnerFacts) => SystemMailMessage,
  ): Promise<void> {
    const { title, number } = await this.published.launched(actor, versionId);
    const { name } = await this.organisations.get(actor, vendorId);
    const { contact } = await this.profiles.current(actor);
    const path = `/activations/${id}`;
    await this.notifier.notify(
      actor,
      {
        organisationId: partnerId,
        kind: 'versions',
        event,
        key,
        by: name,
        titles: title,
        number,
        path,
        audience: contactReaders(contact.email),
      },
      (reader) =>
        letter(reader, { vendor: { id: vendorId, name }, title, number, url: `${this.config.PUBLIC_URL}${path}` }),
    );
  }

  /** Joins the open transaction. */
  async postHeld(
    actor: VendorActor,
    update: VersionUpdate,
    held: { readonly reason: HeldFor; readonly stopped: number },
  ): Promise<void> {
    const { versions } = await this.library.campaign(actor, update.campaignId);
    const title = versions.find(({ id }) => id === update.versionId)?.title ?? {};
    const path = `/campaigns/${update.campaignId}`;
    await this.notifier.notify(
      actor,
      {
        organisationId: actor.vendorId,
        kind: 'reviews',
        event: 'update-held',
        key: `${update.id} ${update.begun}`,
        by: null,
        titles: title,
        number: update.versionNumber,
        path,
        audience: concernedReaders(({ role }) => MAY_PUBLISH.includes(role)),
      },
      (reader) => heldUpdateLetter(reader, update, { ...held, title, url: `${this.config.PUBLIC_URL}${path}` }),
    );
  }
}
