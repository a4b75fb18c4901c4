import { Inject, Injectable } from '@nestjs/common';
import { CampaignLibrary } from '#campaigns';
import { CONFIG, type Config } from '#config';
import { VENDOR_PERMISSIONS } from '#identity';
import type { VendorActor } from '#kernel';
import { concernedReaders, Notifier } from '#notifications';
import type { Wave, WhyShut } from './wave.js';
import { shutWaveLetter } from './wave-letter.js';

const MAY_PUBLISH: readonly string[] = VENDOR_PERMISSIONS['campaigns.publish'];

/** Tells those of a vendor's team who may publish that a wave did not open. */
@Injectable()
export class WaveMail {
  constructor(
    private readonly library: CampaignLibrary,
    private readonly notifier: Notifier,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /** Joins the open transaction. */
  async postShut(actor: VendorActor, wave: Wave, why: WhyShut): Promise<void> {
    const { versions } = await this.library.campaign(actor, wave.campaignId);
    const title = versions.find(({ id }) => id === wave.versionId)?.title ?? {};
    const path = `/campaigns/${wave.campaignId}`;
    await this.notifier.notify(
      actor,
      {
        organisationId: actor.vendorId,
        kind: 'reviews',
        event: 'wave-shut',
        key: wave.id,
        by: null,
        titles: title,
        path,
        audience: concernedReaders(({ role }) => MAY_PUBLISH.includes(role)),
      },
      (reader) => shutWaveLetter(reader, { wave, title, why, url: `${this.config.PUBLIC_URL}${path}` }),
    );
  }
}
