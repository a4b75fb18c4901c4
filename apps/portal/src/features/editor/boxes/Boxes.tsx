import { Grid, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../../../shared/api';
import { useProblemText } from '../../../shared/problem-text';
import { choicesOf } from '../sequence/choices';
import { useUndo } from '../undo';
import type { Texts } from './box';
import { BoxForm } from './BoxForm';
import { BoxList } from './BoxList';
import { BoxTools } from './BoxTools';
import { type Shown, usePictures } from './page-images';
import { PageView } from './PageView';
import { usePublishedIds } from '../published-ids';
import { type BoxesOf, useBoxes } from './use-boxes';

interface BoxesProps extends BoxesOf {
  readonly show: Shown;
  /** Above the pages. @param write stores new texts of files as one change. */
  readonly tools?: (write: (texts: Texts) => void) => ReactNode;
}

/**
 * Pages of one document or picture with their boxes, and the form of the
 * selected box.
 */
export function Boxes(props: BoxesProps) {
  const { version, edits, show, file, geometries, words, pictures: choices } = props;
  const { t } = useTranslation();
  const { canUndo, undo, write } = useUndo(edits, `${show.kind} ${show.key}`);
  const [drawing, setDrawing] = useState(false);
  const [isShown, setShown] = useState(true);
  const { pictures, isOld, error } = usePictures(version, edits, show);
  const published = usePublishedIds(version.campaignId);
  const state = useBoxes(props, write);
  const { boxes, chosenId, choose, chosen, rules, ruleOf, place, add, rename, limit, label, remove } = state;
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
      {props.tools?.(write)}
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 7, xl: 8 }}>
          <Stack>
            <PictureState isOld={isOld} isShown={pictures.length > 0} error={error} />
            {geometries.map((geometry, at) => (
              <PageView
                key={geometry.page}
                geometry={geometry}
                title={t('boxes.pageNumber', { number: geometry.page })}
                isWhole={file.unit === 'px'}
                picture={pictures[at]}
                boxes={isShown ? boxes.filter(({ page }) => page === geometry.page) : []}
                chosen={chosenId}
                drawing={drawing}
                onChoose={choose}
                onPlace={(box, rect) => place(box, geometry.page, geometry.toFile(rect))}
                onDrawn={(rect) => {
                  if (chosen !== undefined) place(chosen, geometry.page, geometry.toFile(rect));
                  setDrawing(false);
                }}
                onRemove={remove}
              />
            ))}
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5, xl: 4 }}>
          <Stack className="box-aside">
            <BoxList
              boxes={boxes}
              hasPages={geometries.length > 1}
              copy={words?.copy}
              chosen={chosenId}
              onChoose={choose}
            />
            {chosen === undefined ? (
              <NoBox />
            ) : (
              <BoxForm
                key={chosen.id}
                file={file}
                box={chosen}
                pages={geometries.length}
                links={choicesOf(edits.textOf('campaign.yaml'), '').links}
                slots={rules.map(({ name }) => name)}
                isPublished={chosen.kind === 'text' && published.slots.has(chosen.look.slot ?? '')}
                rule={ruleOf(chosen)}
                words={words}
                choices={choices}
                onText={state.writeText}
                onReorder={(step) => state.reorder(chosen, step)}
                onOpen={(isOpen) => state.open(chosen, isOpen)}
                onLook={(look) => write(file.look(chosen, look))}
                onPlace={(page, rect) => place(chosen, page, rect)}
                onRename={(name) => rename(chosen, name)}
                onLimits={(limits) => limit(chosen, limits)}
                onWord={(locale, text) => label(chosen, locale, text)}
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

function NoBox() {
  const { t } = useTranslation();
  return (
    <Text c="dimmed" size="sm" ta="center">
      {t('boxes.choose')}
    </Text>
  );
}

interface PictureStateProps {
  readonly isOld: boolean;
  /** There is a picture, if an old one. */
  readonly isShown: boolean;
  readonly error: Error | null;
}

/**
 * Says that pictures are being rendered, or why they cannot be; else how boxes
 * are moved by keyboard.
 */
function PictureState({ isOld, isShown, error }: PictureStateProps) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const reason =
    error instanceof ApiProblem && error.problem.problems === undefined
      ? problemText(error.problem)
      : t(isShown ? 'boxes.mistaken' : 'boxes.noPicture');
  return (
    <Text size="sm" c="dimmed" aria-live="polite">
      {error === null ? t(isOld ? 'boxes.picturing' : 'boxes.keys') : reason}
    </Text>
  );
}
