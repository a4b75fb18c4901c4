import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { CampaignLibrary } from '#campaigns';
import { CompiledCampaigns } from '#content';
import { Database } from '#database';
import { requirePermission } from '#identity';
import {
  type CampaignId,
  type CampaignVersionId,
  Clock,
  DomainError,
  groupBy,
  newId,
  notFound,
  systemActor,
  type VendorActor,
} from '#kernel';
import { UnsubscribeChecks } from './unsubscribe-checks.service.js';
import { UpdateAudience } from './update-audience.service.js';
import { type UpdatePlan, updatePlan } from './update-plan.js';
import {
  requireDecision,
  type UpdateDecision,
  type UpdateState,
  type VersionUpdate,
  type VersionUpdateId,
} from './version-update.js';
import { VersionUpdatesRepository } from './version-updates.repository.js';

/** A version, as its vendor names it. */
interface Named {
  readonly campaignId: CampaignId;
  readonly number: number;
}

/** What a version changes of one earlier version, and how many partners run that. */
export interface PlanOfVersion extends UpdatePlan {
  readonly number: number;
  readonly partners: number;
  readonly activations: number;
}

/** A decision with the number of activations in each state. */
export interface UpdateProgress {
  readonly update: VersionUpdate;
  readonly states: Readonly<Partial<Record<UpdateState, number>>>;
  /** How many it concerns, and with how many it has begun. */
  readonly partners: { readonly concerned: number; readonly begun: number };
}

/** A vendor decides what becomes of activations that run earlier versions. */
@Injectable()
export class VersionUpdates {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly library: CampaignLibrary,
    private readonly audience: UpdateAudience,
    private readonly compiled: CompiledCampaigns,
    private readonly rows: VersionUpdatesRepository,
    private readonly checks: UnsubscribeChecks,
  ) {}

  /**
   * What the version changes of each earlier one that partners run: those that
   * it is offered to. Newest first.
   * @throws DomainError `campaign-version.not-found`.
   */
  async plan(actor: VendorActor, named: Named): Promise<PlanOfVersion[]> {
    requirePermission(actor, 'programme.read');
    const version = await this.version(actor, named);
    const running = version.publishedAt === null ? [] : await this.audience.running(aboutOf(named, version.id));
    const after = await this.compiled.load(version.compiledHash);
    const { versions } = await this.library.campaign(actor, named.campaignId);
    const byVersion = groupBy(running, ({ versionId }) => versionId);
    const plans: PlanOfVersion[] = [];
    for (const earlier of versions.toSorted((a, b) => b.number - a.number)) {
      const own = byVersion.get(earlier.id);
      if (own === undefined) continue;
      plans.push({
        ...updatePlan(await this.compiled.load(earlier.compiledHash), after),
        number: earlier.number,
        partners: new Set(own.map(({ partnerId }) => partnerId)).size,
        activations: own.length,
      });
    }
    return plans;
  }

  /** Decisions about a version, newest first. */
  async list(actor: VendorActor, named: Named): Promise<UpdateProgress[]> {
    requirePermission(actor, 'programme.read');
    const { id } = await this.version(actor, named);
    return this.database.inTransaction(actor, async () => {
      const updates = await this.rows.ofVersion(id);
      const ids = updates.map((update) => update.id);
      const states = await this.rows.states(ids);
      const partners = new Map((await this.rows.partners(ids)).map(({ updateId, ...counts }) => [updateId, counts]));
      return updates.map((update) => ({
        update,
        states: Object.fromEntries(
          states.filter(({ updateId }) => updateId === update.id).map(({ state, count }) => [state, count]),
        ),
        partners: partners.get(update.id) ?? { concerned: 0, begun: 0 },
      }));
    });
  }

  /**
   * @throws DomainError as `requireDecision`; `update.not-published`;
   *   `version-update.at-work` while there is another decision;
   *   `update-check.spent` if its rule on unsubscribes cannot be checked.
   */
  async decide(actor: VendorActor, named: Named, decision: UpdateDecision): Promise<void> {
    requirePermission(actor, decision.choice === 'stop' ? 'campaigns.retire' : 'campaigns.publish');
    requireDecision(decision);
    const version = await this.version(actor, named);
    if (version.status !== 'published')
      throw refusal('update.not-published', 'Publish this version first. Then decide about running campaigns.');
    const running = await this.audience.running(aboutOf(named, version.id));
    const { vendorId, name: decidedBy } = actor;
    const now = this.clock.now();
    const id = newId<VersionUpdateId>();
    const system = systemActor('updates', { vendorId });
    await this.database.inTransaction(system, async () => {
      const update = { ...decision, ...named, id, vendorId, versionId: version.id, decidedBy, decidedAt: now };
      if (!(await this.rows.insert({ ...update, versionNumber: named.number })))
        throw refusal(
          'version-update.at-work',
          'You have decided already. Roll that update back first to decide again.',
        );
      if (decision.choice !== 'finish') await this.audience.add(update, running);
      await this.checks.reserve(system, update);
      await this.record(actor, version.id, 'version-update.decided', { number: named.number, choice: decision.choice });
    });
  }

  /**
   * Every updated activation returns to what it was; the others are not updated.
   * @throws DomainError `version-update.not-found`, `version-update.stopped`.
   */
  async rollBack(actor: VendorActor, named: Named, id: VersionUpdateId): Promise<void> {
    await this.change(actor, named, id, async (update) => {
      if (update.choice === 'stop')
        throw refusal(
          'version-update.stopped',
          'Stopped campaigns cannot be continued. Partners can launch the new version.',
        );
      const now = this.clock.now();
      await this.rows.markRolledBack(id, now, actor.name);
      await this.rows.returnActivations(id, now);
      await this.record(actor, update.versionId, 'version-update.rolled-back', { number: update.versionNumber });
    });
  }

  /** Lets the next share begin that the stop rule holds. Idempotent. */
  async goOn(actor: VendorActor, named: Named, id: VersionUpdateId): Promise<void> {
    await this.change(actor, named, id, async (update) => {
      if (update.heldAt === null) return;
      const { begun, shares, versionId, versionNumber: number } = update;
      const now = this.clock.now();
      await this.rows.setHeld(id, null);
      await this.rows.markBegun(id, begun + 1, now);
      await this.record(actor, versionId, 'version-update.continued', { number, percent: shares[begun] });
    });
  }

  private async change(
    actor: VendorActor,
    named: Named,
    id: VersionUpdateId,
    work: (update: VersionUpdate) => Promise<void>,
  ): Promise<void> {
    requirePermission(actor, 'campaigns.publish');
    const version = await this.version(actor, named);
    await this.database.inTransaction(systemActor('updates', { vendorId: actor.vendorId }), async () => {
      const update = await this.rows.lock(id);
      if (update.versionId !== version.id) throw notFound('version-update', id);
      if (update.rolledBackAt === null) await work(update);
    });
  }

  private async version(actor: VendorActor, { campaignId, number }: Named) {
    const { versions } = await this.library.campaign(actor, campaignId);
    const found = versions.find((version) => version.number === number);
    if (found === undefined) throw notFound('campaign-version', `${campaignId}/${number}`);
    return found;
  }

  private async record(
    actor: VendorActor,
    id: string,
    action: `version-update.${string}`,
    details: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    await this.audit.record(actor, { action, subject: { kind: 'campaign-version', id }, details });
  }
}

const aboutOf = ({ campaignId, number }: Named, versionId: CampaignVersionId) => ({
  campaignId,
  versionId,
  versionNumber: number,
});

const refusal = (code: `${string}.${string}`, sentence: string): DomainError =>
  new DomainError(code, sentence, {}, { kind: 'conflict' });
