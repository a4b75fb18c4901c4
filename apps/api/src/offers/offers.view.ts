import type { Offer, OfferSummary } from '#activations';
import type { SendingIdentity } from '#brand';
import type { OfferDetail, OfferView } from '#contracts';
import { type CampaignSlot, type CompiledCampaign, defaultLocale, fileOfImage, leadRuleOf, stepNames } from '#content';
import type { SlotNodes } from '#rendering';
import { emailsOf, entriesOf, onlyIf, type PlannedStep, type SequenceDefinition, testedStepOf } from '#sequencing';
import { leadRuleView } from '../leads/lead-rule.view.js';
import { pictureLimits } from '../campaigns/campaigns.view.js';
import { conditionView } from '../campaigns/sequence.view.js';

export function offerView(
  { version, digest, missing, locale: suggestedLocale }: OfferSummary,
  vendorName: string,
): OfferView {
  const locale = defaultLocale(digest);
  return {
    versionId: version.versionId,
    campaignId: version.campaignId,
    number: version.number,
    title: version.title[locale] ?? '',
    titles: { ...version.title },
    summary: version.summary[locale] ?? '',
    summaries: { ...version.summary },
    theme: version.theme,
    locales: [...version.locales],
    locale: suggestedLocale,
    vendorName,
    opensOn: version.opensOn,
    closesOn: version.closesOn,
    missing: missing.map(missingFieldView),
    cover: digest.cover,
  };
}

function missingFieldView({
  field,
  sentence,
  contrast,
  named,
}: OfferSummary['missing'][number]): OfferView['missing'][number] {
  if (contrast === undefined) return { field, sentence, named };
  const { tactic, ratio, suggestion, pair } = contrast;
  const { text, colour, surface, needed } = pair;
  return {
    field,
    sentence,
    contrast: { tactic, text, colour, surface, needed, suggestion, ratio: Math.round(ratio * 10) / 10 },
  };
}

/**
 * Includes e-mails that only some recipients get: the partner is responsible
 * for them, too.
 */
function offerEmails(sequence: SequenceDefinition, planned: readonly PlannedStep[]): OfferDetail['emails'] {
  const conditions = onlyIf(sequence);
  return sequence.steps
    .flatMap((step) => emailsOf(step).map((email) => ({ email, key: step.key })))
    .map(({ key, email }) => ({
      key: email,
      stepKey: key,
      at: planned.find((one) => one.key === key)?.at.toISOString() ?? null,
      onlyIf: (conditions.get(key) ?? []).map(conditionView),
    }));
}

export function offerDetail(
  offer: Offer,
  calendar: { timeZone: string; steps: readonly PlannedStep[] },
  vendor: OfferDetail['vendor'],
  { fromName, fromAddress, replyTo }: SendingIdentity,
): OfferDetail {
  const { compiled, posts } = offer;
  const locale = defaultLocale(compiled.definition);
  return {
    ...offerView(offer, vendor.name),
    vendor,
    leads: { rule: leadRuleView(leadRuleOf(compiled.definition)), links: Object.keys(compiled.definition.links) },
    names: stepNames(compiled, offer.locale),
    emails: offerEmails(compiled.definition.sequence, calendar.steps),
    timeZone: calendar.timeZone,
    entersBy: [...new Set(entriesOf(compiled.definition.sequence).map(({ when }) => when.on))],
    holdOutPercent: compiled.definition.sequence.holdOut?.percent ?? 0,
    test: testView(compiled.definition.sequence),
    sender: { name: fromName, address: fromAddress, replyTo },
    pages: compiled.pages.map(({ key }) => ({ key })),
    documents: compiled.documents.map(({ key, title }) => ({ key, title: title[locale] ?? key, titles: { ...title } })),
    social: compiled.social.map(({ key }) => ({ key, text: posts[key]?.[locale] ?? '', texts: { ...posts[key] } })),
    slots: compiled.slots.map(
      ({
        name,
        label,
        help,
        format,
        options = [],
        picture,
        links,
        maxChars,
        maxLines,
        required,
        usedIn,
        default: suggested,
      }) => ({
        name,
        usedIn: [...usedIn],
        label: label[locale] ?? name,
        labels: { ...label },
        help: { ...help },
        format,
        options: options.map((option) => ({ name: option.name, labels: { ...option.label } })),
        picture: ofPicture(picture, compiled),
        links,
        maxChars,
        maxLines,
        required,
        default: plainNodes(suggested[locale]),
        suggested: Object.fromEntries(Object.entries(suggested).map(([tag, nodes]) => [tag, plainNodes(nodes)])),
      }),
    ),
  };
}

function testView(sequence: SequenceDefinition): OfferDetail['test'] {
  const tested = testedStepOf(sequence);
  return tested === null ? null : { of: tested.of, arms: tested.arms.length };
}

/** The limits of a picture, and the address of the vendor's. */
function ofPicture(
  picture: CampaignSlot['picture'],
  { images }: CompiledCampaign,
): OfferDetail['slots'][number]['picture'] {
  const limits = pictureLimits(picture);
  if (limits === null) return null;
  const image = images[picture?.suggested ?? ''];
  return { ...limits, suggested: image === undefined ? null : `/b/${fileOfImage(image)}` };
}

const plainNodes = (nodes: SlotNodes | undefined): OfferDetail['slots'][number]['default'] => ({
  kind: nodes?.kind ?? 'paragraphs',
  blocks: (nodes?.blocks ?? []).map((runs) => runs.map((run) => ({ ...run }))),
});
