import { Inject, Injectable } from '@nestjs/common';
import { type Activation, Activations, type CampaignTitle, NewerVersions } from '#activations';
import { CONFIG, type Config } from '#config';
import { stepNames } from '#content';
import type { ActivationView, ContactHistory, PersonOfActivation, StepName, StepRecordView } from '#contracts';
import { type ContactForSending, ContactLists, type LaunchLists } from '#contacts';
import { type ActivationId, type ContactListId, MINUTE_MS, type PartnerActor } from '#kernel';
import { type NextEmail, type PersonInActivation, reasonSentence, type StepRecord } from '#sequences';
import type { z } from 'zod';
import { PartnerVendorViews } from '../vendors/partner-vendors.view.js';

const UNTITLED: CampaignTitle = { title: '', titles: {} };

/**
 * Activations as the portal shows them: with the campaign's title, and a
 * sentence for each reason.
 */
@Injectable()
export class ActivationViews {
  constructor(
    private readonly activations: Activations,
    private readonly newer: NewerVersions,
    private readonly lists: ContactLists,
    private readonly vendors: PartnerVendorViews,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  async summaries(actor: PartnerActor, activations: readonly Activation[]): Promise<ActivationView[]> {
    const titles = await this.activations.titlesOf(actor, activations);
    const listNames = await this.lists.names(
      actor,
      activations.flatMap(({ lists }) => [...lists.include, ...lists.exclude]),
    );
    const newer = await this.newer.numbersFor(actor, activations);
    const vendors = await this.vendors.names(
      actor,
      activations.map(({ vendorId }) => vendorId),
    );
    return activations.map((activation) =>
      this.summary(activation, {
        ...(titles.get(activation.id) ?? UNTITLED),
        lists: listsView(activation.lists, listNames),
        newerVersion: newer.get(activation.id) ?? null,
        vendorName: vendors.get(activation.vendorId) ?? '',
      }),
    );
  }

  /** The address of its landing page. */
  pageUrl({ slug }: Pick<Activation, 'slug'>): string {
    return `${this.config.PUBLIC_URL}/p/${slug}`;
  }

  private summary(
    activation: Activation,
    {
      title,
      titles,
      lists,
      newerVersion,
      vendorName,
    }: Pick<ActivationView, 'title' | 'titles' | 'lists' | 'newerVersion' | 'vendorName'>,
  ): ActivationView {
    const { id, campaignId, versionId, status, statusReason, locale, startAt, launchedAt, launchedBy, endedAt } =
      activation;
    const [only = null, ...others] = activation.lists.include;
    return {
      id,
      campaignId,
      versionId,
      title,
      titles,
      status,
      statusReason,
      vendorName,
      listId: others.length === 0 ? only : null,
      listName: lists.include.map(({ name }) => name).join(', '),
      lists,
      locale,
      startAt: startAt.toISOString(),
      launchedAt: launchedAt.toISOString(),
      launchedBy,
      endedAt: endedAt?.toISOString() ?? null,
      pageUrl: this.pageUrl(activation),
      newerVersion,
    };
  }

  /**
   * The steps that one contact received in each campaign, with the names of the
   * steps.
   */
  async history(actor: PartnerActor, records: readonly StepRecord[]): Promise<z.output<typeof ContactHistory>> {
    const named = new Map<ActivationId, CampaignTitle & { names: readonly StepName[] }>();
    for (const id of new Set(records.map(({ activationId }) => activationId))) {
      const activation = await this.activations.get(actor, id);
      const title = (await this.activations.titlesOf(actor, [activation])).get(id) ?? UNTITLED;
      named.set(id, {
        ...title,
        names: stepNames(await this.activations.campaign(actor, activation), activation.locale),
      });
    }
    return {
      items: records.map((record) => {
        const { title = '', titles = {}, names = [] } = named.get(record.activationId) ?? {};
        return {
          ...stepRecordView(record),
          campaignTitle: title,
          campaignTitles: titles,
          name: names.find(({ stepKey }) => stepKey === record.stepKey) ?? null,
        };
      }),
    };
  }
}

/** Lists with their names, by name. */
function listsView(
  { include, exclude }: LaunchLists,
  names: ReadonlyMap<ContactListId, string>,
): ActivationView['lists'] {
  const named = (ids: readonly ContactListId[]) =>
    ids.map((id) => ({ id, name: names.get(id) ?? '' })).toSorted((one, other) => one.name.localeCompare(other.name));
  return { include: named(include), exclude: named(exclude) };
}

/**
 * One contact of an activation.
 * @param contact undefined if it was erased.
 * @param next its next e-mail; undefined if it does not wait.
 */
export function personView(
  { contactId, state, ended, got, last }: PersonInActivation,
  contact: ContactForSending | undefined,
  next: NextEmail | undefined,
): PersonOfActivation {
  return {
    id: contactId,
    email: contact?.email ?? null,
    firstName: contact?.firstName ?? null,
    lastName: contact?.lastName ?? null,
    state,
    nextAt: next?.at?.toISOString() ?? null,
    blocked: next?.blocked == null ? null : { reason: next.blocked, sentence: reasonSentence(next.blocked) },
    ended: ended && { reason: ended.reason, sentence: reasonSentence(ended.reason), at: wholeMinute(ended.at) },
    got,
    last: last && {
      stepKey: last.stepKey,
      outcome: last.outcome,
      reason: last.reason,
      sentence: reasonSentence(last.reason),
      decidedAt: wholeMinute(last.decidedAt),
    },
  };
}

export function stepRecordView({
  contactId,
  activationId,
  messageId,
  stepKey,
  outcome,
  reason,
  decidedAt,
}: StepRecord): z.output<typeof StepRecordView> {
  return {
    contactId,
    activationId,
    messageId,
    stepKey,
    outcome,
    reason,
    sentence: reasonSentence(reason),
    decidedAt: wholeMinute(decidedAt),
  };
}

/**
 * Seconds would tell how long a decision waited for another partner's message
 * to the same address.
 */
const wholeMinute = (at: Date): string => new Date(Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS).toISOString();
