import { Injectable } from '@nestjs/common';
import { ActivationOutputs, Activations } from '#activations';
import { type ReadyPostView, withSource } from '#contracts';
import type { PartnerActor } from '#kernel';
import type { ReadyPost, ReadyPostCursor } from '#sequences';
import { ActivationViews } from './activations.view.js';

/** Ready posts with what their partner needs to publish them. */
@Injectable()
export class ReadyPostViews {
  constructor(
    private readonly activations: Activations,
    private readonly outputs: ActivationOutputs,
    private readonly views: ActivationViews,
  ) {}

  async viewsOf(actor: PartnerActor, posts: readonly ReadyPost[]): Promise<ReadyPostView[]> {
    const ids = [...new Set(posts.map(({ activationId }) => activationId))];
    const activations = await Promise.all(ids.map((id) => this.activations.get(actor, id)));
    const summaries = await this.views.summaries(actor, activations);
    const assets = new Map(
      await Promise.all(activations.map(async (one) => [one.id, await this.outputs.usableAssets(actor, one)] as const)),
    );
    return posts.map(({ activationId, postKey, readyAt, postedAt, postedBy }): ReadyPostView => {
      const activation = summaries.find(({ id }) => id === activationId);
      const mayPublish = activation?.status === 'active' || activation?.status === 'completed';
      const made = (mayPublish ? (assets.get(activationId) ?? []) : []).filter(
        ({ kind, key, locale }) => kind === 'social' && key === postKey && locale === activation?.locale,
      );
      const words = made.find(({ postText }) => postText !== null)?.postText;
      return {
        activationId,
        postKey,
        postedBy,
        title: activation?.title ?? '',
        titles: activation?.titles ?? {},
        mayPublish,
        readyAt: readyAt.toISOString(),
        postedAt: postedAt?.toISOString() ?? null,
        text: words == null || activation === undefined ? null : `${words}\n${withSource(activation.pageUrl, 'post')}`,
        pageUrl: activation === undefined ? '' : withSource(activation.pageUrl, 'post'),
        pictures: made.map(({ id, format }) => ({ assetId: id, format })),
      };
    });
  }
}

export const cursorOf = ({ readyAt, activationId, postKey }: ReadyPostCursor): string =>
  `${readyAt.toISOString()} ${activationId} ${postKey}`;
