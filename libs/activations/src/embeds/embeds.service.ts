import { Injectable } from '@nestjs/common';
import { PublishedVersions, type Recall } from '#campaigns';
import { notFound, type PartnerActor, type PartnerId, type SystemActor, systemActor } from '#kernel';
import type { Activation } from '../activation.js';
import { ActivationsRepository } from '../activations.repository.js';
import { type EmbedState, embedState } from './embed-state.js';
import { Launches } from './launches.repository.js';

/** Of an unknown slug in an error. */
const MAX_SLUG_LENGTH = 80;

/** A campaign on a website of its partner. */
export interface Embed {
  readonly state: EmbedState;
  /** What is shown, and what a form creates a lead of: a later launch if there is one. */
  readonly activation: Activation;
  /** In the scope of the activation's partner. */
  readonly actor: SystemActor;
  /** Whether the page of the address itself was recalled. */
  readonly isAddressRecalled: boolean;
}

/** A campaign that a partner runs or has run, by its newest launch. */
export interface ListedCampaign {
  readonly activation: Activation;
  /** In the language in which it runs. */
  readonly title: string;
  /** When it ended or was recalled; null: it runs. */
  readonly goneAt: Date | null;
}

/** Readers of feeds keep old items themselves. */
const LISTED = 30;

/** Campaigns that partners show on their own websites. */
@Injectable()
export class Embeds {
  constructor(
    private readonly repository: ActivationsRepository,
    private readonly launches: Launches,
    private readonly published: PublishedVersions,
  ) {}

  /**
   * The embed at an address, in any state.
   * @throws DomainError `page.not-found`.
   */
  async find(slug: string): Promise<Embed> {
    const own = await this.repository.bySlug(systemActor('embed'), slug);
    if (own === null) throw notFound('page', slug.slice(0, MAX_SLUG_LENGTH));
    const actor = systemActor('embed', { partnerId: own.partnerId });
    const { state, shown, isAddressRecalled } = await this.stateOf(actor, own);
    return { state, activation: shown, actor, isAddressRecalled };
  }

  /** The state of the embed of a partner's activation. */
  async state(actor: PartnerActor, activation: Activation): Promise<EmbedState> {
    return (await this.stateOf(actor, activation)).state;
  }

  /** What a partner runs, and what it has run, newest launch first. */
  async list(partnerId: PartnerId): Promise<ListedCampaign[]> {
    const actor = systemActor('feed', { partnerId });
    const newest = await this.launches.newestLaunches(actor, LISTED);
    return Promise.all(
      newest.map(async (activation): Promise<ListedCampaign> => {
        const { status, endedAt, title } = await this.published.launched(actor, activation.versionId);
        const state = embedState(activation.status, status, null);
        return {
          activation,
          title: title[activation.locale] ?? Object.values(title)[0] ?? '',
          goneAt: state === 'live' ? null : (endedAt ?? activation.endedAt),
        };
      }),
    );
  }

  private async stateOf(
    actor: SystemActor | PartnerActor,
    own: Activation,
  ): Promise<{ readonly state: EmbedState; readonly shown: Activation; readonly isAddressRecalled: boolean }> {
    const { partnerId } = own;
    const { status, recalls } = await this.published.launched(actor, own.versionId, partnerId);
    const successor = await this.launches.successor(actor, own);
    const successorStatus =
      successor === null ? null : (await this.published.launched(actor, successor.versionId, partnerId)).status;
    const state = embedState(own.status, hidesPage(recalls, own) ? 'recalled' : status, successorStatus);
    const shown = state === 'updated' && successor !== null ? successor : own;
    return { state, shown, isAddressRecalled: status === 'recalled' };
  }
}

/** Whether readers of the launch's language do not get the page: the first of the campaign. */
const hidesPage = (recalls: readonly Recall[], { locale }: Activation): boolean =>
  recalls.some(
    (recall) =>
      recall.mode !== 'finish' &&
      (recall.asset === null
        ? recall.tactic === null || recall.tactic.kind === 'page'
        : (recall.tactics ?? []).some(({ kind }) => kind === 'page')) &&
      (recall.locale === null || recall.locale === locale),
  );
