import { Alert, Grid, Skeleton, Stack, Text } from '@mantine/core';
import { memo, useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuthoringLanguage, CampaignVersionDetail, PackageFiles } from '#contracts';
import { ProblemNote } from '../../../shared/ProblemNote';
import type { EditSession } from '../edit-session';
import { linkNames } from '../new-files';
import { type PreviewChoice, WIDTHS } from '../TemplatePreview';
import type { PreviewSettings } from '../../../shared/PreviewSettings';
import { BlockComments } from './BlockComments';
import { BlockList } from './BlockList';
import { BlockToolbar } from './BlockToolbar';
import { Canvas } from './Canvas';
import { InboxTexts } from './InboxTexts';
import { Inspector } from './Inspector';
import type { Choices } from './InspectorField';
import { Palette } from './Palette';
import { isTaken, type PaletteName } from './palette-blocks';
import { variantOf } from './shown-variant';
import { type BlockDrag, useBlockDrag, useStableHandlers } from './use-block-drag';
import { type Builder, useBuilder } from './use-builder';
import { StateSwitch } from './StateSwitch';
import { type CanvasRendering, type PageState, useCanvas } from './use-canvas';
import { type BlockComment, useBlockComments } from './use-block-comments';
import { LibraryBlocks } from './LibraryBlocks';
import { useClipboard } from './use-clipboard';
import { usePalette } from './use-palette';
import { usePictureChoices } from './use-picture-choices';
import { useLatest, useSame } from './use-latest';

interface BuilderTabProps {
  readonly version: CampaignVersionDetail;
  readonly edits: EditSession;
  readonly files: PackageFiles['files'];
  readonly language: AuthoringLanguage;
  readonly locales: readonly string[];
  readonly show: PreviewChoice;
  readonly look: PreviewSettings;
  /** Offset in the block that is selected first; null: none. */
  readonly focus: number | null;
  readonly onJump: (place: { file: string; line: number | null; column: number | null }) => void;
  /** Choices of e-mail or page, language, partner and screen. */
  readonly children: React.ReactNode;
}

/** Builds an e-mail or page without code: canvas, blocks and settings of one text. */
export default function BuilderTab({ children, ...props }: BuilderTabProps) {
  const { version, edits, files, locales, show, look } = props;
  const builder = useBuilder(edits, show, locales, props.focus);
  const form = builder.blocks.findIndex(({ name }) => name === 'tc-form');
  const [wanted, setState] = useState<PageState>('open');
  const state = form === -1 ? 'open' : wanted;
  const { rendering, isUnreadable, error } = useCanvas(
    version,
    edits,
    show,
    builder.template,
    variantOf(builder.source, builder.block),
    state,
  );
  const [toolsIn, setToolsIn] = useState<HTMLElement | null>(null);
  const links = useSame([...linkNames(edits.texts), ...props.language.builtInLinks]);
  const pictures = usePictureChoices(version, files, edits);
  const choices = useMemo(() => ({ links, ...pictures }), [links, pictures]);
  const palette = usePalette(builder, choices);
  const clipboard = useClipboard(builder, choices, version.campaignId);
  const drag = useBlockDrag(builder, palette.insert);
  const latest = useLatest({ builder, onJump: props.onJump });
  const openCode = useMemo(
    // eslint-disable-next-line react-hooks/preserve-manual-memoization -- useLatest returns the same object.
    () => (): void => {
      const { source, block, template, brokenAt } = latest.current.builder;
      const before = source.slice(0, block?.start ?? brokenAt ?? 0).split('\n');
      const place = { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
      latest.current.onJump({ file: template.file, ...place });
    },
    [latest],
  );
  const starts = useStableHandlers(drag);
  // First the canvas, then the panes beside it: an act is seen sooner.
  const late = useDeferredValue(builder);
  const comments = useBlockComments(version, late);
  const [used, setUsed] = useState<'inspector' | 'blocks' | null>(null);
  const [opening, setOpening] = useState<number | null>(null);
  return (
    <Stack gap="sm">
      {children}
      <Notes builder={builder} isUnreadable={isUnreadable} onCode={openCode} />
      <ProblemNote error={error ?? palette.error ?? clipboard.error} />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 6 }} order={{ base: 1, lg: 2 }}>
          {form !== -1 && (
            <StateSwitch
              state={state}
              onChoose={(next) => {
                setState(next);
                // Its texts are those of the form.
                if (next === 'sent') builder.select(form);
              }}
            />
          )}
          <InboxTexts builder={builder} />
          <BlockToolbar builder={builder} onToolsPlace={setToolsIn} />
          <CanvasOrWait rendering={rendering}>
            {(shown) => (
              <Canvas
                builder={builder}
                drag={drag}
                rendering={shown}
                layoutWidth={WIDTHS[show.kind][look.screen]}
                dark={look.screen === 'dark'}
                hasBlocks={state === 'open'}
                links={links}
                comments={comments}
                onComments={(number) => {
                  builder.select(number);
                  setOpening(number);
                }}
                toolsIn={toolsIn}
              />
            )}
          </CanvasOrWait>
        </Grid.Col>
        <Grid.Col
          span={{ base: 12, lg: 3 }}
          order={{ base: 2, lg: 3 }}
          onFocus={() => setUsed('inspector')}
          onBlur={() => setUsed(null)}
        >
          {/* What is used now must not be behind. */}
          <Stack className="builder-aside" gap="sm">
            <LateInspector builder={used === 'inspector' ? builder : late} choices={choices} onCode={openCode} />
            <BlockComments
              version={version}
              builder={late}
              comments={comments}
              opening={opening}
              onOpened={() => setOpening(null)}
            />
          </Stack>
        </Grid.Col>
        <Grid.Col
          span={{ base: 12, lg: 3 }}
          order={{ base: 3, lg: 1 }}
          onFocus={() => setUsed('blocks')}
          onBlur={() => setUsed(null)}
        >
          {/* A key right after a click is for the block that was clicked. */}
          <Blocks
            builder={used === 'blocks' ? builder : late}
            comments={comments}
            choices={choices}
            drag={starts}
            onInsert={palette.insert}
          />
        </Grid.Col>
      </Grid>
    </Stack>
  );
}

const LateInspector = memo(Inspector);

interface BlocksProps {
  readonly builder: Builder;
  readonly comments: readonly BlockComment[];
  readonly choices: Choices;
  readonly drag: Pick<BlockDrag, 'isEndOfDrag' | 'handlers'>;
  readonly onInsert: (name: PaletteName) => void;
}

const Blocks = memo(function Blocks({ builder, comments, choices, drag, onInsert }: BlocksProps) {
  const { t } = useTranslation();
  return (
    <Stack gap="sm">
      <Text fw={600}>{t('builder.palette')}</Text>
      <Palette kind={builder.template.kind} hasForm={isTaken(builder.blocks, 'form')} drag={drag} onInsert={onInsert} />
      <Text size="xs" c="dimmed">
        {t('builder.paletteHelp')}
      </Text>
      <LibraryBlocks builder={builder} choices={choices} />
      <Text fw={600}>{t('builder.blocks')}</Text>
      <BlockList builder={builder} comments={comments} />
      <Text size="xs" c="dimmed">
        {t('builder.keys')}
      </Text>
    </Stack>
  );
});

interface NotesProps {
  readonly builder: Builder;
  readonly isUnreadable: boolean;
  /** Opens the place of the error. */
  readonly onCode: () => void;
}

/** What the author has to know before the canvas is right again. */
function Notes({ builder: { brokenAt, blocks }, isUnreadable, onCode }: NotesProps) {
  const { t } = useTranslation();
  if (brokenAt === null && !isUnreadable)
    return blocks.length === 0 ? <Alert color="yellow">{t('builder.noBlocks')}</Alert> : null;
  return (
    <Alert color="yellow">
      {t('builder.unreadable')}{' '}
      {brokenAt !== null && (
        <Text component="button" type="button" className="link-button" size="sm" onClick={onCode}>
          {t('builder.openError')}
        </Text>
      )}
    </Alert>
  );
}

interface CanvasOrWaitProps {
  readonly rendering: CanvasRendering | null | undefined;
  readonly children: (rendering: CanvasRendering) => React.ReactNode;
}

const CanvasOrWait = ({ rendering, children }: CanvasOrWaitProps) =>
  rendering === null || rendering === undefined ? <Skeleton height={480} /> : children(rendering);
