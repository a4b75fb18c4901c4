import { Injectable } from '@nestjs/common';
import { OfferedCampaigns, PublishedVersions } from '#campaigns';
import { Database } from '#database';
import type { SystemActor } from '#kernel';
import type { Activation } from '../activation.js';
import type { LaunchSource } from '../launch/launch-brand.service.js';
import { LaunchedSequences } from '../launched-sequences.js';
import { RecalledActivations } from '../recalls/recalled-activations.service.js';
import { EditionsRepository, type Edition } from './editions.repository.js';
import type { ActivationUpdate } from './version-update.js';
import { VersionUpdatesRepository } from './version-updates.repository.js';

/** Which edition of an activation is the present one. */
@Injectable()
export class PresentEditions {
  constructor(
    private readonly database: Database,
    private readonly offered: OfferedCampaigns,
    private readonly published: PublishedVersions,
    private readonly editions: EditionsRepository,
    private readonly rows: VersionUpdatesRepository,
    private readonly sequences: LaunchedSequences,
    private readonly recalled: RecalledActivations,
  ) {}

  /**
   * Does the work of a change to an edition in one transaction. Nothing happens
   * if the activation was changed since it was read. It keeps its version if the
   * vendor has ended or recalled the other one meanwhile.
   */
  async changing(
    actor: SystemActor,
    row: ActivationUpdate,
    activation: Activation,
    { versionId }: Pick<Edition, 'versionId'>,
    work: () => Promise<void>,
  ): Promise<void> {
    await this.database.inTransaction(actor, async () => {
      // Before the rows: the vendor's change locks the campaign first, too.
      await this.offered.postponeEnd(activation, activation);
      if (!(await this.isAsRead(row, activation))) return;
      const { status } = await this.published.launched(actor, versionId, activation.partnerId);
      if (status === 'published') return work();
      await this.rows.finish(row, { state: 'refused', refusal: 'version-ended' });
    });
  }

  /** Joins the open transaction. */
  async make(
    actor: SystemActor,
    { id }: Activation,
    edition: Edition,
    { compiled }: Pick<LaunchSource, 'compiled'>,
  ): Promise<void> {
    await this.editions.makePresent(id, edition);
    await this.sequences.replace(actor, id, compiled.definition.sequence);
    await this.recalled.goOnWithVersion(actor, id);
  }

  /** Locks the activation and its row. */
  private async isAsRead(row: ActivationUpdate, { id, status, edition }: Activation): Promise<boolean> {
    if ((await this.rows.lockRow(row)) === null) return false;
    const present = await this.editions.lock(id);
    return present.edition === edition && present.status === status;
  }
}
