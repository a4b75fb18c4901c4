import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Jobs } from '#jobs';
import { Clock, type SystemActor } from '#kernel';
import type { Activation } from '../activation.js';
import { COBRAND_ASSETS } from '../activations.jobs.js';
import type { LaunchSource } from '../launch/launch-brand.service.js';
import { LaunchContents } from '../launch/launch-contents.service.js';
import { EditionsRepository, type Edition } from './editions.repository.js';
import { PresentEditions } from './present-editions.service.js';
import { UpdateMail } from './update-mail.service.js';
import type { BakedEdition } from './update-sources.service.js';
import type { ActivationUpdate } from './version-update.js';
import { VersionUpdatesRepository } from './version-updates.repository.js';

/** Makes another edition of an activation the present one, in one short transaction. */
@Injectable()
export class EditionChanges {
  constructor(
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly jobs: Jobs,
    private readonly editions: EditionsRepository,
    private readonly rows: VersionUpdatesRepository,
    private readonly contents: LaunchContents,
    private readonly present: PresentEditions,
    private readonly mail: UpdateMail,
  ) {}

  /** Adds an edition. Nothing happens if the activation was changed since it was read. */
  async add(
    actor: SystemActor,
    row: ActivationUpdate,
    activation: Activation,
    edition: Edition,
    { source, content }: BakedEdition,
  ): Promise<void> {
    const { id, partnerId } = activation;
    await this.present.changing(actor, row, activation, edition, async () => {
      const now = this.clock.now();
      if (activation.editions === 1) await this.editions.insertFirst(activation, now);
      await this.editions.insert(activation, edition, now);
      await this.contents.save(actor, { id, partnerId, edition: edition.number }, content, source);
      await this.present.make(actor, activation, edition, source);
      await this.jobs.enqueue(COBRAND_ASSETS, { activationId: id, partnerId });
      const result = { state: 'done', fromEdition: activation.edition, toEdition: edition.number } as const;
      await this.rows.finish(row, result);
      await this.record(actor, activation, 'activation.updated', edition);
      const { versionId } = edition;
      await this.mail.postChanged(actor, row, activation, { event: 'campaign-updated', versionId });
    });
  }

  /** Returns to an earlier edition, whose e-mails and seal are there. */
  async returnTo(
    actor: SystemActor,
    row: ActivationUpdate,
    activation: Activation,
    edition: Edition,
    source: LaunchSource,
  ): Promise<void> {
    await this.present.changing(actor, row, activation, edition, async () => {
      await this.contents.saveLinks(actor, activation, source);
      await this.present.make(actor, activation, edition, source);
      await this.rows.finish(row, { state: 'rolled-back' });
      await this.record(actor, activation, 'activation.update-rolled-back', edition);
      const { versionId } = edition;
      await this.mail.postChanged(actor, row, activation, { event: 'update-rolled-back', versionId });
    });
  }

  private async record(
    actor: SystemActor,
    { id, partnerId, vendorId, versionId }: Activation,
    action: 'activation.updated' | 'activation.update-rolled-back',
    to: Pick<Edition, 'versionId' | 'number'>,
  ): Promise<void> {
    const details = { fromVersionId: versionId, versionId: to.versionId, edition: to.number };
    const fact = { action, subject: { kind: 'activation', id }, details };
    await this.audit.recordForBoth(actor, fact, { partnerId, vendorId });
  }
}
