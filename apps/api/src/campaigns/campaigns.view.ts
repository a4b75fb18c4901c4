import type {
  CampaignWithVersions,
  CampaignVersion,
  CommentThread,
  Layout,
  LayoutContent,
  Preview,
  VersionDetail,
  Campaign,
} from '#campaigns';
import { type CampaignDefinition, type CampaignSlot, type CompiledCampaign, leadRuleOf, programTexts } from '#content';
import type {
  CampaignCard,
  CampaignDetail,
  CampaignLayout,
  CampaignLayoutContent,
  CampaignPreview,
  CampaignTemplate,
  CampaignVersionCard,
  CampaignVersionDetail,
  ReviewComment,
} from '#contracts';
import { describeMaster, type Master, slotText } from '#rendering';
import { leadRuleView } from '../leads/lead-rule.view.js';
import { questionsView } from './recipient-traits.view.js';
import { sequenceView } from './sequence.view.js';

const instant = (at: Date | null): string | null => at?.toISOString() ?? null;

/**
 * @param groups names by id.
 * @param partnersRunning null if the user is not allowed to see it.
 */
export function campaignCard(
  { id, name, tags, newest, published, statuses }: CampaignWithVersions,
  groups: ReadonlyMap<string, string>,
  partnersRunning: number | null,
  now: Date,
): CampaignCard {
  const { title, summary, theme, locales, number, status, approvedAt, opensOn } = newest;
  return {
    id,
    name,
    tags: [...tags],
    title: { ...title },
    summary: { ...summary },
    theme,
    locales: [...locales],
    newestVersion: {
      number,
      status,
      approved: approvedAt !== null,
      opensOn,
      opensLater: newest.opensLater(now),
      launchesStoppedAt: instant(newest.launchesStoppedAt),
    },
    versions: statuses.map((version) => ({ number: version.number, status: version.status })),
    published: published === null ? null : offerOf(published, groups, now),
    partnersRunning,
  };
}

function offerOf(
  version: NonNullable<CampaignWithVersions['published']>,
  groups: ReadonlyMap<string, string>,
  now: Date,
): CampaignCard['published'] {
  const { number, partnerGroupIds, opensOn, closesOn } = version;
  if (opensOn === null || closesOn === null) return null;
  const partnerGroups = partnerGroupIds.map((id) => groups.get(id) ?? id);
  return { number, partnerGroups, opensOn, closesOn, opensLater: version.opensLater(now) };
}

const countOf = (parts: object): number => Object.keys(parts).length;

export function campaignTemplate({
  name,
  title,
  summary,
  theme,
  locales,
  emails,
  pages,
  documents,
  social,
}: CampaignDefinition): CampaignTemplate {
  return {
    name,
    title: { ...title },
    summary: { ...summary },
    theme,
    locales: [...locales],
    emails: countOf(emails),
    pages: countOf(pages),
    documents: countOf(documents),
    posts: countOf(social),
  };
}

export const campaignLayout = ({ name, kind, title, summary }: Layout): CampaignLayout => ({
  name,
  kind,
  title: { ...title },
  summary: { ...summary },
});

export const campaignLayoutContent = (layout: Layout & LayoutContent): CampaignLayoutContent => ({
  ...campaignLayout(layout),
  source: layout.source,
  texts: layout.texts,
  pictures: layout.pictures.map(({ path, bytes }) => ({ path, base64: bytes.toString('base64') })),
});

/** How many partners run a campaign, and each of its versions. */
interface PartnersRunning {
  readonly all: number;
  readonly byVersion: ReadonlyMap<string, number>;
}

/** @param running null if the user is not allowed to see it. */
export function campaignDetail(
  campaign: Campaign,
  versions: readonly CampaignVersion[],
  running: PartnersRunning | null,
  now: Date,
): CampaignDetail {
  return {
    id: campaign.id,
    name: campaign.name,
    tags: [...campaign.tags],
    createdAt: campaign.createdAt.toISOString(),
    archivedAt: instant(campaign.archivedAt),
    partnersRunning: running?.all ?? null,
    versions: versions.map((version) => ({
      ...campaignVersionCard(version, now),
      partnersRunning: running === null ? null : (running.byVersion.get(version.id) ?? 0),
    })),
  };
}

/** @param now decides whether the version is open. */
export function campaignVersionCard(version: CampaignVersion, now: Date): CampaignVersionCard {
  return {
    id: version.id,
    campaignId: version.campaignId,
    number: version.number,
    status: version.status,
    title: { ...version.title },
    summary: { ...version.summary },
    theme: version.theme,
    locales: [...version.locales],
    packageHash: version.packageHash,
    createdAt: version.createdAt.toISOString(),
    createdBy: version.createdByName,
    savedAt: version.savedAt.toISOString(),
    savedBy: version.savedByName,
    linkCheckRequestedAt: instant(version.linkCheckRequestedAt),
    linksCheckedAt: instant(version.linksCheckedAt),
    submittedAt: instant(version.submittedAt),
    submittedBy: version.submittedByName,
    reviewers: version.reviewers.map(({ id, name }) => ({ id, name })),
    reviewDueOn: version.reviewDueOn,
    approvedAt: instant(version.approvedAt),
    approvedBy: version.approvedByName,
    approvedAlone: version.approvedAlone,
    publishedAt: instant(version.publishedAt),
    publishedBy: version.publishedByName,
    partnerGroupIds: [...version.partnerGroupIds],
    opensLater: version.opensLater(now),
    opensOn: version.opensOn,
    closesOn: version.closesOn,
    endedAt: instant(version.endedAt),
    endedReason: version.endedReason,
    endedCode: version.status === 'retired' ? version.endedCode : null,
    launchesStoppedAt: instant(version.launchesStoppedAt),
  };
}

export function campaignVersionDetail(
  { campaign, version, compiled, comments }: VersionDetail,
  now: Date,
): CampaignVersionDetail {
  const { definition } = compiled;
  return {
    ...campaignVersionCard(version, now),
    name: campaign.name,
    brandDefaults: { ...definition.brand.defaults },
    tactics: tacticsView(compiled),
    slots: compiled.slots.map(slotView),
    links: linksView(compiled),
    sequence: sequenceView(compiled.definition.sequence),
    leads: leadRuleView(leadRuleOf(compiled.definition)),
    confirmations: version.confirmations.map(({ code, file, message, at, by }) => ({ code, file, message, at, by })),
    warnings: version.warnings.map(({ code, file, line, column, message, remedy }) => ({
      code,
      file,
      line,
      column,
      message,
      remedy,
    })),
    comments: comments.map(reviewComment),
  };
}

/** A comment with its replies. */
export function reviewComment({ comment, answers }: CommentThread): ReviewComment {
  const { returned, about, aboutBlock, resolvedAt, resolvedByName } = comment;
  return {
    ...saidView(comment),
    returned,
    about: about === null ? null : { ...about },
    block: aboutBlock,
    answers: answers.map(saidView),
    resolvedAt: instant(resolvedAt),
    resolvedBy: resolvedByName,
  };
}

const saidView = ({ id, at, authorName, text }: CommentThread['comment']) => ({
  id,
  at: at.toISOString(),
  author: authorName,
  text,
});

function tacticsView({
  definition,
  emails,
  pages,
  documents,
  social,
}: CompiledCampaign): CampaignVersionDetail['tactics'] {
  return {
    emails: emails.map(({ key, masters }) => ({
      ...templateView(key, masters),
      subject: programTexts(masters, 'subject'),
      preheader: programTexts(masters, 'preheader'),
    })),
    pages: pages.map(({ key, masters, title, form }) => ({
      ...templateView(key, masters),
      title: { ...title },
      formFields: [...(form?.fields ?? [])],
    })),
    documents: documents.map(({ key, title }) => ({
      key,
      title: { ...title },
      slots: Object.values(definition.documents[key]?.slots ?? {}).flatMap((slot) =>
        slot.kind === 'text' ? [slot.slot] : [],
      ),
    })),
    social: social.map(({ key, text }) => ({ key, text: { ...text }, formats: ['landscape', 'square', 'story'] })),
  };
}

function templateView(key: string, masters: Readonly<Record<string, Master>>) {
  const all = Object.values(masters);
  const [first] = all;
  const described = first === undefined ? null : describeMaster(first);
  return {
    key,
    locks: (first?.locks ?? []).map(({ name, hash }) => ({ name, hash })),
    slots: (first?.slots ?? []).map(({ name }) => name),
    links: [...(first?.links ?? [])],
    conditions: [...(described?.conditions ?? [])],
    lockedBytes: described?.lockedBytes ?? 0,
    worstCaseBytes: Math.max(0, ...all.map(({ worstCaseBytes }) => worstCaseBytes)),
  };
}

/** What a partner's own picture must be; null for other slots. */
export const pictureLimits = (
  picture: CampaignSlot['picture'],
): { ratio: [number, number] | null; minWidth: number } | null =>
  picture === undefined
    ? null
    : { ratio: picture.ratio === null ? null : [...picture.ratio], minWidth: picture.minWidth };

function slotView(slot: CampaignSlot): CampaignVersionDetail['slots'][number] {
  const { name, label, format, options = [], picture, links, maxChars, maxLines, required, usedIn } = slot;
  return {
    name,
    label: { ...label },
    help: { ...slot.help },
    format,
    options: options.map((option) => ({ name: option.name, label: { ...option.label } })),
    picture: pictureLimits(picture),
    links,
    maxChars,
    maxLines,
    required,
    suggested: Object.fromEntries(Object.entries(slot.default).map(([locale, nodes]) => [locale, slotText(nodes)])),
    usedIn: [...usedIn],
  };
}

function linksView({ definition }: CompiledCampaign): CampaignVersionDetail['links'] {
  return Object.entries(definition.links).map(([name, link]) => ({
    name,
    kind: link.kind,
    to:
      link.kind === 'target'
        ? link.target
        : link.kind === 'page'
          ? link.page
          : link.kind === 'document'
            ? link.document
            : null,
    tracked: link.tracked,
  }));
}

export function campaignPreview({ asks, ...preview }: Preview): CampaignPreview {
  const { locale, partnerName, subject, preheader, html, text } = preview;
  return { locale, partnerName, subject, preheader, html, text, asks: questionsView(asks) };
}
