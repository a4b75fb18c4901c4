import { starterText } from '../builder/starter-texts';
import { declarationsOf } from '../new-files';
import { withCopies } from '../posts/posts';
import { freeWord } from '../sequence/steps';
import { declareSlot, slotRules } from '../slot-rules';
import { changeYaml, readYamlOnly } from '../yaml-file';
import type { BoxFile, SlotBox, Texts } from './box';

const CAMPAIGN = 'campaign.yaml';

/** New texts of files, and the box to select. */
interface TextChange {
  readonly texts: Texts;
  readonly id: string;
}

/** The catalogues with a placeholder for a text of the vendor. */
export const starterTexts = (texts: Texts, key: string): Texts =>
  withCopies(texts, declarationsOf(texts).locales, (locale) => ({ [key]: starterText(locale, 'text') }));

/** Opens a text of the vendor to partners. It becomes their suggestion. */
export function openedText(texts: Texts, file: BoxFile, box: SlotBox): TextChange | null {
  const slot = freeWord(
    slotRules(texts).map(({ name }) => name),
    box.name,
  );
  const opened = file.open?.(box, slot);
  if (opened === undefined) return null;
  const declared = declareSlot(texts[CAMPAIGN] ?? '', slot, declarationsOf(texts).locales);
  const { copy } = box.look;
  const campaign =
    copy === undefined
      ? declared
      : changeYaml(declared, (document) => document.setIn(['slots', slot, 'default'], copy));
  return { texts: { ...opened, [CAMPAIGN]: campaign }, id: file.idOf('text', slot) };
}

/** Locks a text of partners. Its suggestion becomes the text. */
export function lockedText(texts: Texts, file: BoxFile, box: SlotBox): TextChange | null {
  const slot = box.look.slot ?? box.name;
  const suggestion = suggestionOf(texts, slot);
  const key = suggestion ?? file.keyFor?.(box.name);
  const locked = key === undefined ? undefined : file.lock?.(box, key);
  if (key === undefined || locked === undefined) return null;
  const isUsed = usesSlot({ ...texts, ...locked }, slot);
  return {
    texts: {
      ...locked,
      ...(suggestion === null ? starterTexts(texts, key) : {}),
      ...(isUsed ? {} : { [CAMPAIGN]: withoutSlot(texts[CAMPAIGN] ?? '', slot) }),
    },
    id: file.idOf('copy', box.name),
  };
}

/** Key of the text that partners begin with; null: there is none. */
function suggestionOf(texts: Texts, slot: string): string | null {
  const file = readYamlOnly(texts[CAMPAIGN] ?? '');
  const key: unknown = file.ok ? file.document.getIn(['slots', slot, 'default']) : null;
  return typeof key === 'string' ? key : null;
}

/** Whether a picture, document or template still shows a slot. */
function usesSlot(texts: Texts, slot: string): boolean {
  const inFiles = Object.entries(texts).some(
    ([path, text]) =>
      /\.(?:svg|mjml|html)$/.test(path) && (text.includes(`tc:text:${slot}"`) || text.includes(`name="${slot}"`)),
  );
  const file = readYamlOnly(texts[CAMPAIGN] ?? '');
  const documents: unknown = file.ok ? file.document.get('documents') : null;
  return inFiles || JSON.stringify(documents ?? null).includes(`"slot":"${slot}"`);
}

const withoutSlot = (campaign: string, slot: string): string =>
  changeYaml(campaign, (document) => {
    if (document.hasIn(['slots', slot])) document.deleteIn(['slots', slot]);
  });
