import { Inject, Injectable } from '@nestjs/common';
import { BrandProfiles } from '#brand';
import { PublishedVersions } from '#campaigns';
import { CONFIG, type Config } from '#config';
import { Clock, type SystemActor } from '#kernel';
import { contactReaders, Notifier } from '#notifications';
import { Organisations } from '#organisations';
import type { Activation } from '../activation.js';
import { type VendorAct, vendorControlLetter } from './vendor-control-letter.js';

/** Tells a partner that its vendor holds, releases or stops one of its activations. */
@Injectable()
export class VendorControlMail {
  constructor(
    private readonly published: PublishedVersions,
    private readonly organisations: Organisations,
    private readonly profiles: BrandProfiles,
    private readonly notifier: Notifier,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /** Joins the open transaction of a process for the partner. */
  async post(
    actor: SystemActor,
    { id, partnerId, vendorId, versionId }: Activation,
    { kind, reason }: Pick<VendorAct, 'kind' | 'reason'>,
  ): Promise<void> {
    const { title: titles } = await this.published.launched(actor, versionId);
    const { name } = await this.organisations.get(actor, vendorId);
    const { contact } = await this.profiles.current(actor);
    const path = `/activations/${id}`;
    await this.notifier.notify(
      actor,
      {
        organisationId: partnerId,
        kind: 'sending',
        event: `campaign-${kind}`,
        // An activation may be held again.
        key: `${id} ${this.clock.now().toISOString()}`,
        by: name,
        titles,
        path,
        audience: contactReaders(contact.email),
      },
      (reader) => {
        const title = titles[reader.locale] ?? titles[reader.locale.slice(0, 2)] ?? Object.values(titles)[0] ?? '';
        const url = `${this.config.PUBLIC_URL}${path}`;
        return vendorControlLetter(reader, { kind, reason, vendor: { id: vendorId, name }, title, url });
      },
    );
  }
}
