import { Grid, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignVersionDetail } from '#contracts';
import { ApiProblem } from '../../../shared/api';
import type { PageGeometry } from '../../../shared/page-geometry';
import { useProblemText } from '../../../shared/problem-text';
import type { EditSession } from '../edit-session';
import { choicesOf } from '../sequence/choices';
import { useUndo } from '../undo';
import type { BoxFile } from './box';
import { BoxForm } from './BoxForm';
import { BoxList } from './BoxList';
import { BoxTools } from './BoxTools';
import { type Shown, usePictures } from './page-images';
import { PageView } from './PageView';
import { useBoxes } from './use-boxes';

interface BoxesProps {
  readonly version: CampaignVersionDetail;
  readonly edits: EditSession;
  readonly show: Shown;
  readonly file: BoxFile;
  readonly geometries: readonly PageGeometry[];
}

/**
 * Pages of one document or picture with their boxes, and the form of the
 * selected box.
 */
export function Boxes({ version, edits, show, file, geometries }: BoxesProps) {
  const { t } = useTranslation();
  const { canUndo, undo, write } = useUndo(edits, `${show.kind} ${show.key}`);
  const [drawing, setDrawing] = useState(false);
  const [isShown, setShown] = useState(true);
  const { pictures, isOld, error } = usePictures(version, edits, show);
  const { boxes, chosenId, choose, chosen, rules, ruleOf, place, add, rename, limit, label, remove } = useBoxes(
    { version, edits, file, geometries },
    write,
  );
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
            <PictureState isOld={isOld} error={error} />
            {geometries.map((geometry, at) => (
              <PageView
                key={geometry.page}
                geometry={geometry}
                title={t('boxes.pageNumber', { number: geometry.page })}
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
            <BoxList boxes={boxes} hasPages={geometries.length > 1} chosen={chosenId} onChoose={choose} />
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
                rule={ruleOf(chosen)}
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
  readonly error: Error | null;
}

/**
 * Says that pictures are being rendered, or why they cannot be; else how boxes
 * are moved by keyboard.
 */
function PictureState({ isOld, error }: PictureStateProps) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const reason =
    error instanceof ApiProblem && error.problem.problems === undefined
      ? problemText(error.problem)
      : t('boxes.mistaken');
  return (
    <Text size="sm" c="dimmed" aria-live="polite">
      {error === null ? t(isOld ? 'boxes.picturing' : 'boxes.keys') : reason}
    </Text>
  );
}
