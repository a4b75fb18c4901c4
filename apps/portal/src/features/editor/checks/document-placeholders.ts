import { artworkOf } from '../boxes/artwork';
import type { BoxKind } from '../boxes/box';
import { declarationsOf, linkNames } from '../new-files';
import { declareSlot, slotRules } from '../slot-rules';
import { changeYaml, readYamlOnly } from '../yaml-file';

const CAMPAIGN = 'campaign.yaml';

type Texts = Readonly<Record<string, string>>;

/** Names of placeholders in PDFs that say what goes there. Any other is a text of the partner. */
const KINDS: Readonly<Record<string, BoxKind>> = {
  logo: 'logo',
  contact: 'contact',
  qr: 'qr',
  cta: 'link',
  link: 'link',
};

/**
 * `campaign.yaml` with a placeholder of a PDF among the slots of its document, and the text
 * that partners write in it. The same file if the document has it, or is gone.
 */
export function withPlaceholder(texts: Texts, file: string, name: string): string {
  const campaign = texts[CAMPAIGN] ?? '';
  const read = readYamlOnly(campaign);
  const key = read.ok ? documentOf(read.document, file) : null;
  if (!read.ok || key === null || read.document.hasIn(['documents', key, 'slots', name])) return campaign;
  const kind = KINDS[name] ?? 'text';
  const look = lookOf(kind, name, texts);
  if (look === null) return campaign;
  const written = changeYaml(campaign, (document) =>
    document.setIn(['documents', key, 'slots', name], document.createNode({ kind, ...look }, { flow: true })),
  );
  const isDeclared = kind !== 'text' || slotRules(texts).some((rule) => rule.name === name);
  return isDeclared ? written : declareSlot(written, name, declarationsOf(texts).locales);
}

const documentOf = (campaign: Parameters<typeof artworkOf>[0], file: string): string | null =>
  artworkOf(campaign).find(({ kind, sources }) => kind === 'document' && Object.values(sources).includes(file))?.key ??
  null;

/** What a new placeholder of a kind needs; null if the campaign does not have it. */
function lookOf(kind: BoxKind, name: string, texts: Texts): Readonly<Record<string, unknown>> | null {
  if (kind === 'logo') return { surface: 'light' };
  if (kind === 'contact') return {};
  if (kind === 'text') return { slot: name, size: 11, minSize: 8 };
  const [link] = linkNames(texts);
  return link === undefined ? null : { link };
}
