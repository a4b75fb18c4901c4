import { Injectable } from '@nestjs/common';
import { PublishedVersions, type RecallId } from '#campaigns';
import { type CompiledCampaign, CompiledCampaigns, type Localised, programTexts } from '#content';
import type { TacticType } from '#contracts';
import { Database } from '#database';
import { type CampaignVersionId, systemActor } from '#kernel';
import { kindOfChannel, type RecallChannel } from './recall-items.js';

const NAMES = systemActor('recall');
/** Length of the beginning of a post that stands for its name. */
const POST_CHARS = 48;

/** Subjects of e-mails, titles of pages and documents, and first words of posts, by language. */
export class ContentNames {
  private readonly names: ReadonlyMap<string, Localised>;

  /** @param versions newest last: its names are the ones that people know. */
  constructor(versions: readonly CompiledCampaign[]) {
    this.names = new Map(versions.flatMap(namesIn));
  }

  /** Empty for a content of none of the versions. */
  of(kind: TacticType, key: string): Record<string, string> {
    return { ...this.names.get(`${kind} ${key}`) };
  }

  ofRow({ channel, itemKey }: { readonly channel: RecallChannel; readonly itemKey: string }): Record<string, string> {
    return this.of(kindOfChannel(channel), itemKey);
  }
}

function namesIn({ emails, pages, documents, social }: CompiledCampaign): [string, Localised][] {
  return [
    ...emails.map(({ key, masters }): [string, Localised] => [`email ${key}`, programTexts(masters, 'subject')]),
    ...pages.map(({ key, title }): [string, Localised] => [`page ${key}`, title]),
    ...documents.map(({ key, title }): [string, Localised] => [`document ${key}`, title]),
    ...social.map(({ key, text }): [string, Localised] => [`social ${key}`, beginnings(text)]),
  ];
}

const beginnings = (texts: Localised): Localised =>
  Object.fromEntries(
    Object.entries(texts).map(([locale, text]) => [
      locale,
      text.length > POST_CHARS ? `${text.slice(0, POST_CHARS)}…` : text,
    ]),
  );

/** Names of what recalls concern. */
@Injectable()
export class RecallNames {
  constructor(
    private readonly database: Database,
    private readonly published: PublishedVersions,
    private readonly compiled: CompiledCampaigns,
  ) {}

  async of(id: RecallId): Promise<ContentNames> {
    const versions = await this.database.inTransaction(NAMES, () =>
      this.database.query<{ versionId: CampaignVersionId }>(
        'SELECT version_id FROM campaigns.recalled_version_view WHERE recall_id = $1 ORDER BY version_id',
        [id],
      ),
    );
    const loaded = versions.map(async ({ versionId }) =>
      this.compiled.load(await this.published.contentOf(NAMES, versionId)),
    );
    return new ContentNames(await Promise.all(loaded));
  }
}
