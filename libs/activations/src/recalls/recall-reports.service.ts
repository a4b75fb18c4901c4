import { Injectable } from '@nestjs/common';
import { type Recall, type RecallId, Recalls } from '#campaigns';
import type { OwnSignedRecallReport, SignedRecallReport } from '#contracts';
import { requirePermission } from '#identity';
import { type ActivationId, Clock, type PartnerActor, type VendorActor } from '#kernel';
import { SigningKeys, signingActor } from '#seal';
import type { RecallOutcome } from './recall-items.js';
import { type RecallProgress, RecallRows, type ReportRow } from './recall-rows.repository.js';

type Reader = VendorActor | PartnerActor;

/** A recall and how far it is, as its reader may know it. */
export interface RecallState {
  readonly recall: Recall;
  readonly progress: RecallProgress;
  readonly sums: Awaited<ReturnType<RecallRows['sums']>>;
}

/** Rows read at once for an export. */
const PAGE = 2_000;

/** Reports of recalls. A vendor sees every partner and no contact, a channel manager their own; a partner its own part. */
@Injectable()
export class RecallReports {
  constructor(
    private readonly recalls: Recalls,
    private readonly rows: RecallRows,
    private readonly keys: SigningKeys,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `recall.not-found`. */
  async get(actor: Reader, id: RecallId): Promise<RecallState> {
    requirePermission(actor, actor.kind === 'vendor' ? 'vendor-activations.read' : 'activations.read');
    const recall = await this.recalls.get(actor, id);
    return { recall, progress: await this.rows.progress(actor, id), sums: await this.rows.sums(actor, id) };
  }

  /**
   * A page of rows, in one order.
   * @param page `after`: the last row of the page before; `outcome`: only rows with it, null: all.
   */
  async page(actor: Reader, id: RecallId, page: Parameters<RecallRows['page']>[2]): Promise<ReportRow[]> {
    await this.get(actor, id);
    return this.rows.page(actor, id, page);
  }

  /** All rows of one launch: as many as the campaign has contents. */
  async ofLaunch(actor: PartnerActor, id: RecallId, activationId: ActivationId): Promise<ReportRow[]> {
    return this.rows.ofLaunch(actor, id, activationId);
  }

  /**
   * All rows, page by page.
   * @param outcome only rows with it; null: all.
   */
  async *all(actor: Reader, id: RecallId, outcome: RecallOutcome | null = null): AsyncGenerator<readonly ReportRow[]> {
    await this.get(actor, id);
    let page: readonly ReportRow[] = [];
    do {
      page = await this.rows.page(actor, id, { after: page.at(-1) ?? null, limit: PAGE, outcome });
      yield page;
    } while (page.length === PAGE);
  }

  /** Recalls of a partner's activation, newest first. */
  async ofActivation(actor: PartnerActor, activationId: ActivationId): Promise<RecallState[]> {
    const ids = await this.rows.ofActivation(actor, activationId);
    return Promise.all(ids.map((id) => this.get(actor, id)));
  }

  /** The report of all partners, signed with the vendor's key. */
  async signed(actor: VendorActor, id: RecallId): Promise<SignedRecallReport> {
    // A channel manager sees a part, which must not be signed as the whole.
    requirePermission(actor, 'programme.read');
    const { head, vendorId } = await this.headOf(actor, id);
    const rows = (await this.everything(actor, id)).map(
      ({ activationId, partnerId, channel, itemKey, outcome, recordedAt }) => ({
        activationId,
        partnerId,
        channel,
        itemKey,
        outcome,
        recordedAt: recordedAt.toISOString(),
      }),
    );
    return this.keys.sign(signingActor(vendorId), { ...head, rows });
  }

  /** A partner's part of it, signed with the vendor's key. */
  async signedPart(actor: PartnerActor, id: RecallId): Promise<OwnSignedRecallReport> {
    const { head, vendorId } = await this.headOf(actor, id);
    const rows = (await this.everything(actor, id)).map(
      ({ activationId, channel, itemKey, outcome, waiting, recordedAt }) => ({
        activationId,
        channel,
        itemKey,
        outcome,
        waiting,
        recordedAt: recordedAt.toISOString(),
      }),
    );
    return this.keys.sign(signingActor(vendorId), { ...head, rows });
  }

  private async everything(actor: Reader, id: RecallId): Promise<ReportRow[]> {
    const rows: ReportRow[] = [];
    for await (const page of this.all(actor, id)) rows.push(...page);
    return rows;
  }

  private async headOf(actor: Reader, id: RecallId) {
    const { recall, progress } = await this.get(actor, id);
    const { vendorId, campaignId, asset, mode, reason, decidedAt, decidedBy, reversedAt } = recall;
    const head = {
      format: 'throughline/recall-report@1' as const,
      recallId: id,
      vendorId,
      campaignId,
      asset,
      partnerId: actor.kind === 'partner' ? actor.partnerId : null,
      mode,
      reason,
      decidedAt: decidedAt.toISOString(),
      decidedBy,
      reversedAt: reversedAt?.toISOString() ?? null,
      asOf: this.clock.now().toISOString(),
      activations: progress.activations,
      isComplete: progress.done === progress.activations,
    };
    return { head, vendorId };
  }
}
