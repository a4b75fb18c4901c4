import { useState } from 'react';
import type { CampaignVersionDetail } from '#contracts';
import type { PageGeometry, Rect } from '../../../shared/page-geometry';
import type { PictureChoices } from '../builder/use-picture-choices';
import type { EditSession } from '../edit-session';
import { withCopies } from '../posts/posts';
import { freeWord } from '../sequence/steps';
import { declareSlot, type SlotLimits, slotRules, writeLabel, writeLimits } from '../slot-rules';
import { lockedText, openedText, starterTexts } from './box-texts';
import { type BoxFile, type BoxKind, type Reordering, roundRect, type SlotBox, type Texts } from './box';

const CAMPAIGN = 'campaign.yaml';
const NAME = /^[a-z][a-z0-9-]{0,39}$/;

/** Initial position of a new box: a third of the page, centred. */
const middleOf = ({ width, height }: PageGeometry): Rect => ({
  x: width / 3,
  y: height * 0.45,
  width: width / 3,
  height: height / 10,
});

export interface BoxesOf {
  readonly version: CampaignVersionDetail;
  readonly edits: EditSession;
  readonly file: BoxFile;
  readonly geometries: readonly PageGeometry[];
  /** Texts of the vendor in the shown language. */
  readonly words?: { readonly copy: (key: string) => string; readonly locale: string };
  /** Pictures that a layer can show. */
  readonly pictures?: PictureChoices;
}

/**
 * The boxes of one document or picture, the selected one, and every change to
 * them.
 * @param write stores new texts of files as one change.
 */
export function useBoxes(of: BoxesOf, write: (texts: Texts) => void) {
  const { version, edits, file, geometries, words } = of;
  const [chosenId, choose] = useState<string | null>(null);
  const { boxes } = file;
  const chosen = boxes.find(({ id }) => id === chosenId);
  const rules = slotRules(edits.texts);
  const ruleOf = (box: SlotBox) => rules.find(({ name }) => box.kind === 'text' && name === box.look.slot);
  /** Adds a rule for a slot without one, with default values. */
  const described = (texts: Texts, slot: string): Texts =>
    rules.some(({ name }) => name === slot)
      ? texts
      : { ...texts, [CAMPAIGN]: declareSlot(texts[CAMPAIGN] ?? edits.textOf(CAMPAIGN), slot, version.locales) };
  const place = (box: SlotBox, page: number, rect: Rect) => write(file.place(box, page, roundRect(rect)));
  const add = (kind: BoxKind) => {
    const [geometry] = geometries;
    if (geometry === undefined) return;
    const taken = [...boxes.map(({ name }) => name), ...(kind === 'text' ? rules.map(({ name }) => name) : [])];
    const name = freeWord(taken, kind);
    const texts = file.add(kind, name, geometry.page, roundRect(geometry.toFile(middleOf(geometry))));
    const key = kind === 'copy' ? file.keyFor?.(name) : undefined;
    write(
      kind === 'text'
        ? described(texts, name)
        : { ...texts, ...(key === undefined ? {} : starterTexts(edits.texts, key)) },
    );
    choose(file.idOf(kind, name));
  };
  const rename = (box: SlotBox, name: string) => {
    if (!NAME.test(name) || boxes.some((other) => other.name === name)) return;
    const texts = file.rename(box, name);
    write(box.kind === 'text' && file.unit === 'px' ? described(texts, name) : texts);
    choose(file.idOf(box.kind, name));
  };
  const limit = (box: SlotBox, limits: Partial<SlotLimits>) => {
    const rule = ruleOf(box);
    if (rule !== undefined) write(writeLimits(edits.texts, rule, { ...rule, ...limits }));
  };
  const remove = (box: SlotBox) => {
    if (box.origin === 'mark') return;
    write(file.remove(box));
    if (!box.hasMark) choose(null);
  };
  const label = (box: SlotBox, locale: string, text: string) =>
    write({ [CAMPAIGN]: writeLabel(edits.textOf(CAMPAIGN), box.look.slot ?? box.name, locale, text) });
  const writeText = (key: string, text: string) =>
    words !== undefined && write(withCopies(edits.texts, [words.locale], () => ({ [key]: text })));
  const reorder = (box: SlotBox, step: Reordering) => {
    const texts = file.reorder?.(box, step) ?? null;
    if (texts !== null) write(texts);
  };
  /** Opens a text of the vendor to partners, or locks one of theirs. */
  const open = (box: SlotBox, isOpen: boolean) => {
    const change = (isOpen ? openedText : lockedText)(edits.texts, file, box);
    if (change === null) return;
    write(change.texts);
    choose(change.id);
  };
  return {
    boxes,
    chosenId,
    choose,
    chosen,
    rules,
    ruleOf,
    place,
    add,
    rename,
    limit,
    label,
    remove,
    writeText,
    reorder,
    open,
  };
}
