import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { ReleaseGate } from '#delivery';
import { systemActor } from '#kernel';
import { isOver } from '../activation.js';
import { ActivationControl } from '../activation-control.service.js';
import { ActivationsRepository } from '../activations.repository.js';
import { STOPPED_BY_VENDOR } from '../planned-end.js';
import { VendorControlMail } from '../vendor-control/vendor-control-mail.service.js';
import { VendorHolds } from '../vendor-control/vendor-holds.repository.js';
import type { ActivationUpdate } from './version-update.js';
import { VersionUpdatesRepository } from './version-updates.repository.js';

/** By whom and why activations of earlier versions are stopped. */
export interface VersionStop {
  readonly by: string;
  readonly reason: string;
}

/** Stops activations of earlier versions, where the vendor has chosen that. */
@Injectable()
export class StopForVersions {
  constructor(
    private readonly database: Database,
    private readonly rows: VersionUpdatesRepository,
    private readonly repository: ActivationsRepository,
    private readonly holds: VendorHolds,
    private readonly control: ActivationControl,
    private readonly gate: ReleaseGate,
    private readonly mail: VendorControlMail,
  ) {}

  /** @returns null if the update takes activations over. */
  async stopOf({ updateId, partnerId }: ActivationUpdate): Promise<VersionStop | null> {
    const actor = systemActor('updates', { partnerId });
    const { choice, decidedBy, reason } = await this.database.inTransaction(actor, () => this.rows.lock(updateId));
    return choice === 'stop' ? { by: decidedBy, reason: reason ?? '' } : null;
  }

  /** Nothing is sent from its return on. Idempotent. */
  async stop(row: ActivationUpdate, { by, reason }: VersionStop): Promise<void> {
    const { activationId, partnerId } = row;
    const actor = systemActor('updates', { partnerId });
    await this.database.inTransaction(actor, async () => {
      await this.gate.closeForPartner(partnerId);
      await this.holds.lock(activationId);
      if ((await this.rows.lockRow(row)) === null) return;
      if (!(await this.rows.runsEarlier(actor, row))) return this.rows.finish(row, { state: 'over' });
      const activation = await this.repository.get(actor, activationId);
      await this.holds.setHold(activationId, null);
      await this.control.stopByVendor('updates', activation, STOPPED_BY_VENDOR);
      await this.holds.setStop(activationId, { by, reason });
      await this.rows.finish(row, { state: 'done' });
      if (!isOver(activation.status)) await this.mail.post(actor, activation, { kind: 'stopped', reason });
    });
    await this.gate.waitForSubmissions({ activationIds: [activationId] });
  }
}
