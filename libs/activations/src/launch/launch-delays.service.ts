import { Inject, Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { Clock, type PartnerActor, type SystemActor } from '#kernel';
import { launchStart } from './launch-start.js';

/** Minutes between a launch and its first e-mail. */
interface LaunchDelay {
  readonly minutes: number;
  /** Of the installation, for partners without their own. */
  readonly standard: number;
}

/** How long a partner's launches wait, so that they can be undone. */
@Injectable()
export class LaunchDelays {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'LAUNCH_DELAY_MINUTES'>,
  ) {}

  async get(actor: PartnerActor | SystemActor): Promise<LaunchDelay> {
    const [own] = await this.database.inTransaction(actor, () =>
      this.database.query<{ delayMinutes: number }>(
        'SELECT delay_minutes FROM activations.launch_setting WHERE partner_id = database.partner_scope()',
        [],
      ),
    );
    const standard = this.config.LAUNCH_DELAY_MINUTES;
    return { minutes: own?.delayMinutes ?? standard, standard };
  }

  /** Applies to launches from now on. */
  async set(actor: PartnerActor, minutes: number): Promise<LaunchDelay> {
    requirePermission(actor, 'brand.edit');
    await this.database.inTransaction(actor, async () => {
      await this.database.query(
        `INSERT INTO activations.launch_setting (partner_id, delay_minutes, changed_at) VALUES ($1, $2, $3)
         ON CONFLICT (partner_id) DO UPDATE SET delay_minutes = excluded.delay_minutes, changed_at = excluded.changed_at`,
        [actor.partnerId, minutes, this.clock.now()],
      );
      await this.audit.record(actor, {
        action: 'launch-delay.changed',
        subject: { kind: 'organisation', id: actor.partnerId },
        details: { minutes },
      });
    });
    return this.get(actor);
  }

  /**
   * When a launch that is made now starts. Each forecast of a launch uses this,
   * so that it has the dates of the launch.
   * @param requested null: as soon as possible.
   * @param now of the launch, if the caller has read the clock.
   */
  async startOf(
    actor: PartnerActor | SystemActor,
    requested: Date | null,
    now: Date = this.clock.now(),
  ): Promise<Date> {
    return launchStart(requested, now, (await this.get(actor)).minutes);
  }
}
