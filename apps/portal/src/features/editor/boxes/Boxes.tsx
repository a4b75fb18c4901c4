import { Grid, NavLink, Paper, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignVersionDetail } from '#contracts';
import { ApiProblem } from '../../../shared/api';
import { useProblemText } from '../../../shared/problem-text';
import { choicesOf } from '../sequence/choices';
import { freeWord } from '../sequence/steps';
import type { EditSession } from '../edit-session';
import { declareSlot, type SlotLimits, slotRules, writeLabel, writeLimits } from '../slot-rules';
import { useUndo } from '../undo';
import { type BoxFile, type BoxKind, roundRect, type SlotBox, type Texts } from './box';
import { BoxForm } from './BoxForm';
import { BoxTools } from './BoxTools';
import type { Rect, PageGeometry } from '../../../shared/page-geometry';
import { type Shown, usePictures } from './page-images';
import { PageView } from './PageView';

interface BoxesProps {
  readonly version: CampaignVersionDetail;
  readonly edits: EditSession;
  readonly show: Shown;
  readonly file: BoxFile;
  readonly sheets: readonly PageGeometry[];
}

const CAMPAIGN = 'campaign.yaml';
const NAME = /^[a-z][a-z0-9-]{0,39}$/;

/** Pages of one document or picture with their boxes, and the form of the selected box. */
export function Boxes({ version, edits, show, file, sheets }: BoxesProps) {
  const { t } = useTranslation();
  const { canUndo, undo, write } = useUndo(edits, `${show.kind} ${show.key}`);
  const [chosenId, choose] = useState<string | null>(null);
  const [drawing, setDrawing] = useState(false);
  const [isShown, setShown] = useState(true);
  const { pictures, isOld, error } = usePictures(version, edits.changes, show);
  const problemText = useProblemText();
  const whyNot =
    error instanceof ApiProblem && error.problem.problems === undefined
      ? problemText(error.problem)
      : t('boxes.mistaken');
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
    const [sheet] = sheets;
    if (sheet === undefined) return;
    const taken = [...boxes.map(({ name }) => name), ...(kind === 'text' ? rules.map(({ name }) => name) : [])];
    const name = freeWord(taken, kind);
    const texts = file.add(kind, name, sheet.page, roundRect(sheet.toFile(middleOf(sheet))));
    write(kind === 'text' ? described(texts, name) : texts);
    choose(name);
  };
  const rename = (box: SlotBox, name: string) => {
    if (!NAME.test(name) || boxes.some((other) => other.name === name)) return;
    const texts = file.rename(box, name);
    write(file.unit === 'px' ? described(texts, name) : texts);
    choose(name);
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
  return (
    <Stack>
      <BoxTools
        kinds={file.kinds}
        drawing={drawing}
        shown={isShown}
        canDraw={chosen !== undefined}
        canUndo={canUndo}
        onAdd={add}
        onDraw={setDrawing}
        onShow={setShown}
        onUndo={undo}
      />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 7, xl: 8 }}>
          <Stack>
            <Text size="sm" c="dimmed" aria-live="polite">
              {error === null ? t(isOld ? 'boxes.picturing' : 'boxes.keys') : whyNot}
            </Text>
            {sheets.map((sheet, at) => (
              <PageView
                key={sheet.page}
                sheet={sheet}
                title={t('boxes.sheet', { number: sheet.page })}
                picture={pictures[at]}
                boxes={isShown ? boxes.filter(({ page }) => page === sheet.page) : []}
                chosen={chosenId}
                drawing={drawing}
                onChoose={choose}
                onPlace={(box, rect) => place(box, sheet.page, sheet.toFile(rect))}
                onDrawn={(rect) => {
                  if (chosen !== undefined) place(chosen, sheet.page, sheet.toFile(rect));
                  setDrawing(false);
                }}
                onRemove={remove}
              />
            ))}
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5, xl: 4 }}>
          <Stack className="box-aside">
            <BoxList boxes={boxes} hasPages={sheets.length > 1} chosen={chosenId} onChoose={choose} />
            {chosen === undefined ? (
              <Text c="dimmed" size="sm" ta="center">
                {t('boxes.choose')}
              </Text>
            ) : (
              <BoxForm
                key={chosen.id}
                file={file}
                box={chosen}
                pages={sheets.length}
                links={choicesOf(edits.textOf(CAMPAIGN), '').links}
                slots={rules.map(({ name }) => name)}
                rule={ruleOf(chosen)}
                onLook={(look) => write(file.look(chosen, look))}
                onPlace={(page, rect) => place(chosen, page, rect)}
                onRename={(name) => rename(chosen, name)}
                onLimits={(limits) => limit(chosen, limits)}
                onWord={(locale, words) => {
                  const slot = chosen.look.slot ?? chosen.name;
                  write({ [CAMPAIGN]: writeLabel(edits.textOf(CAMPAIGN), slot, locale, words) });
                }}
                onDraw={() => setDrawing(true)}
                onRemove={() => remove(chosen)}
              />
            )}
          </Stack>
        </Grid.Col>
      </Grid>
    </Stack>
  );
}

/** Initial position of a new box: a third of the page, centred. */
const middleOf = ({ width, height }: PageGeometry): Rect => ({
  x: width / 3,
  y: height * 0.45,
  width: width / 3,
  height: height / 10,
});

interface BoxListProps {
  readonly boxes: readonly SlotBox[];
  readonly hasPages: boolean;
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
}

/** Every box by name, also those without a position. */
function BoxList({ boxes, hasPages, chosen, onChoose }: BoxListProps) {
  const { t } = useTranslation();
  return (
    <Paper withBorder component="nav" aria-label={t('boxes.list')}>
      {boxes.map(({ id, name, kind, page, rect }) => (
        <NavLink
          key={id}
          component="button"
          type="button"
          active={id === chosen}
          label={name}
          description={[
            t(`boxes.kind.${kind}`),
            ...(rect === null ? [t('boxes.nowhereShort')] : hasPages ? [t('boxes.onPage', { number: page })] : []),
          ].join(' · ')}
          onClick={() => onChoose(id)}
        />
      ))}
    </Paper>
  );
}
