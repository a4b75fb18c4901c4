import { Injectable } from '@nestjs/common';
import { covers, PublishedVersions, type Recall } from '#campaigns';
import { type CampaignDefinition, CompiledCampaigns } from '#content';
import { type CampaignVersionId, Clock, groupBy, systemActor } from '#kernel';
import { emailOf } from '#sequencing';
import {
  afterStop,
  itemsOfActivation,
  possibleBy,
  type RecalledLaunch,
  type RecallItem,
  recallItems,
} from './recall-items.js';
import { type OpenTarget, RecallRows, type WaitingEmails } from './recall-rows.repository.js';

const REPORT = systemActor('recall');

/** Writes what became of each item of a recalled activation. */
@Injectable()
export class RecallReportRows {
  constructor(
    private readonly clock: Clock,
    private readonly published: PublishedVersions,
    private readonly compiled: CompiledCampaigns,
    private readonly rows: RecallRows,
  ) {}

  /** In the open transaction of the process, which holds the activations. */
  async write(recall: Recall, targets: readonly OpenTarget[]): Promise<void> {
    // What waits of an activation that was updated is of another version, and is sent.
    const running = targets.filter(({ runsIt }) => runsIt).map(({ activationId }) => activationId);
    const waiting = groupBy(await this.rows.waitingEmails(running), ({ activationId }) => activationId);
    const itemsOf = await this.itemsOfVersions(recall, targets);
    await this.rows.addItems(
      recall.id,
      targets.flatMap((target) =>
        itemsOfActivation(target.recalledIds, target.versionId, (id) => itemsOf(id, target)).map((item) => ({
          ...target,
          ...item,
        })),
      ),
      this.clock.now(),
    );
    for (const [versionId, own] of groupBy(targets, (target) => target.versionId)) {
      const ofVersion = own.flatMap(({ activationId }) => waiting.get(activationId) ?? []);
      if (ofVersion.length > 0)
        await this.rows.addCounts(
          recall.id,
          waitingByEmail(await this.definition(versionId), await this.scopeIn(recall, versionId), ofVersion),
        );
    }
  }

  private async itemsOfVersions(
    recall: Recall,
    targets: readonly OpenTarget[],
  ): Promise<(versionId: CampaignVersionId, launch: RecalledLaunch) => RecallItem[]> {
    const found = new Map<
      CampaignVersionId,
      { readonly definition: CampaignDefinition; readonly items: RecallItem[] }
    >();
    for (const versionId of new Set(targets.flatMap(({ recalledIds }) => recalledIds))) {
      const definition = await this.definition(versionId);
      found.set(versionId, { definition, items: recallItems(definition, await this.scopeIn(recall, versionId)) });
    }
    return (versionId, launch) => {
      const { definition, items } = found.get(versionId) ?? {};
      return definition === undefined
        ? []
        : afterStop(possibleBy(recall.decidedAt, items ?? [], definition, launch), launch);
    };
  }

  /** What shows an asset is different in each version. */
  private async scopeIn(recall: Recall, versionId: CampaignVersionId): Promise<Recall> {
    if (recall.asset === null) return recall;
    return { ...recall, tactics: await this.rows.tacticsIn(recall.id, versionId) };
  }

  private async definition(versionId: CampaignVersionId): Promise<CampaignDefinition> {
    return (await this.compiled.load(await this.published.contentOf(REPORT, versionId))).definition;
  }
}

interface CountedEmail extends Pick<WaitingEmails, 'activationId' | 'partnerId' | 'waiting'> {
  readonly itemKey: string;
}

/** Waiting e-mails of a recall, by e-mail. Another step of a contact is none. */
function waitingByEmail(
  { sequence }: Pick<CampaignDefinition, 'sequence'>,
  recall: Recall,
  waiting: readonly WaitingEmails[],
): CountedEmail[] {
  const steps = new Map(sequence.steps.flatMap((step) => (step.kind === 'email' ? [[step.key, step]] : [])));
  const own = waiting.flatMap((one) => {
    const step = steps.get(one.stepKey);
    const itemKey = step === undefined ? undefined : emailOf(step, one.arm);
    if (itemKey === undefined || !covers(recall, { kind: 'email', key: itemKey, locale: one.locale })) return [];
    return [{ ...one, itemKey }];
  });
  return [...groupBy(own, ({ activationId, itemKey }) => `${activationId} ${itemKey}`).values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const { activationId, partnerId, itemKey } = first;
    return [{ activationId, partnerId, itemKey, waiting: same.reduce((sum, one) => sum + one.waiting, 0) }];
  });
}
