import { Alert, Grid, Skeleton, Stack, Text } from '@mantine/core';
import { memo, useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuthoringLanguage, CampaignVersionDetail, PackageFiles } from '#contracts';
import { ProblemNote } from '../../../shared/ProblemNote';
import type { EditSession } from '../edit-session';
import { pictureType, sourceOf } from '../file-bytes';
import { linkNames } from '../new-files';
import type { PreviewChoice } from '../TemplatePreview';
import type { PreviewSettings } from '../../../shared/PreviewSettings';
import { useUpload } from '../use-upload';
import { BlockList } from './BlockList';
import { BlockToolbar } from './BlockToolbar';
import { Canvas } from './Canvas';
import { Inspector } from './Inspector';
import type { Choices } from './InspectorField';
import { Palette } from './Palette';
import type { PaletteName } from './palette-blocks';
import { variantOf } from './shown-variant';
import { type BlockDrag, useBlockDrag, useStableHandlers } from './use-block-drag';
import { type Builder, useBuilder } from './use-builder';
import { type CanvasRendering, useCanvas } from './use-canvas';
import { LibraryBlocks } from './LibraryBlocks';
import { useLibraryPictures } from './use-library-pictures';
import { usePalette } from './use-palette';
import { useLatest, useSame } from './use-latest';

interface BuilderTabProps {
  readonly version: CampaignVersionDetail;
  readonly edits: EditSession;
  readonly files: PackageFiles['files'];
  readonly language: AuthoringLanguage;
  readonly locales: readonly string[];
  readonly show: PreviewChoice;
  readonly look: PreviewSettings;
  readonly onJump: (place: { file: string; line: number | null; column: number | null }) => void;
  /** Choices of e-mail, language, partner and screen. */
  readonly children: React.ReactNode;
}

const WIDTHS = { desktop: 680, dark: 680, phone: 375 } as const;
const PICTURE = /^images\//;

/** Builds an e-mail without code: canvas, blocks and settings of one text. */
export default function BuilderTab({ children, ...props }: BuilderTabProps) {
  const { version, edits, files, locales, show, look } = props;
  const builder = useBuilder(edits, show.key, show.locale, locales);
  const upload = useUpload(version.campaignId);
  const { rendering, isUnreadable, error } = useCanvas(
    version,
    edits,
    show,
    builder.email,
    variantOf(builder.source, builder.block),
  );
  const [toolsIn, setToolsIn] = useState<HTMLElement | null>(null);
  const links = useSame([...linkNames(edits.texts), ...props.language.builtInLinks]);
  const pictures = useSame(picturesOf(files, edits));
  const uploadFile = useLatest(upload.mutateAsync);
  const { t } = useTranslation();
  const sources = useLatest({ version, files, edits });
  const urlOf = useMemo(
    // eslint-disable-next-line react-hooks/preserve-manual-memoization -- useLatest returns the same object.
    () => (path: string) => {
      const { version: of, files: packaged, edits: session } = sources.current;
      return sourceOf(of, { files: packaged }, session, path)?.url ?? null;
    },
    [sources],
  );
  const library = useLibraryPictures(version.campaignId, urlOf, t('library.inBuilder.folder'));
  const choices = useMemo(
    () => ({
      links,
      pictures,
      upload: async (file: File) => {
        const path = `images/${file.name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')}`;
        await uploadFile.current({ path, file });
        return path;
      },
      library,
    }),
    [links, pictures, uploadFile, library],
  );
  const palette = usePalette(builder, choices);
  const drag = useBlockDrag(builder, palette.insert);
  const latest = useLatest({ builder, onJump: props.onJump });
  const openCode = useMemo(
    // eslint-disable-next-line react-hooks/preserve-manual-memoization -- useLatest returns the same object.
    () => (): void => {
      const { source, block, email } = latest.current.builder;
      const before = source.slice(0, block?.start ?? 0).split('\n');
      const place = { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
      latest.current.onJump({ file: email.file, ...place });
    },
    [latest],
  );
  const starts = useStableHandlers(drag);
  // First the canvas, then the panes beside it: an act is seen sooner.
  const late = useDeferredValue(builder);
  const [isSetting, setSetting] = useState(false);
  return (
    <Stack gap="sm">
      {children}
      <Notes builder={builder} isUnreadable={isUnreadable} />
      <ProblemNote error={error ?? palette.error} />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 6 }} order={{ base: 1, lg: 2 }}>
          <BlockToolbar builder={builder} onToolsPlace={setToolsIn} />
          <CanvasOrWait rendering={rendering}>
            {(shown) => (
              <Canvas
                builder={builder}
                drag={drag}
                rendering={shown}
                layoutWidth={WIDTHS[look.screen]}
                dark={look.screen === 'dark'}
                links={links}
                toolsIn={toolsIn}
              />
            )}
          </CanvasOrWait>
        </Grid.Col>
        <Grid.Col
          span={{ base: 12, lg: 3 }}
          order={{ base: 2, lg: 3 }}
          onFocus={() => setSetting(true)}
          onBlur={() => setSetting(false)}
        >
          {/* What is used now must not be behind. */}
          <LateInspector builder={isSetting ? builder : late} choices={choices} onCode={openCode} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 3 }} order={{ base: 3, lg: 1 }}>
          <Blocks builder={late} choices={choices} drag={starts} onInsert={palette.insert} />
        </Grid.Col>
      </Grid>
    </Stack>
  );
}

const LateInspector = memo(Inspector);

interface BlocksProps {
  readonly builder: Builder;
  readonly choices: Choices;
  readonly drag: Pick<BlockDrag, 'isEndOfDrag' | 'handlers'>;
  readonly onInsert: (name: PaletteName) => void;
}

const Blocks = memo(function Blocks({ builder, choices, drag, onInsert }: BlocksProps) {
  const { t } = useTranslation();
  return (
    <Stack gap="sm">
      <Text fw={600}>{t('builder.palette')}</Text>
      <Palette drag={drag} onInsert={onInsert} />
      <Text size="xs" c="dimmed">
        {t('builder.paletteHelp')}
      </Text>
      <LibraryBlocks builder={builder} choices={choices} />
      <Text fw={600}>{t('builder.blocks')}</Text>
      <BlockList builder={builder} />
      <Text size="xs" c="dimmed">
        {t('builder.keys')}
      </Text>
    </Stack>
  );
});

/** What the author has to know before the canvas is right again. */
function Notes({ builder, isUnreadable }: { readonly builder: Builder; readonly isUnreadable: boolean }) {
  const { t } = useTranslation();
  if (builder.isBroken || isUnreadable) return <Alert color="yellow">{t('builder.unreadable')}</Alert>;
  return builder.blocks.length === 0 ? <Alert color="yellow">{t('builder.noBlocks')}</Alert> : null;
}

interface CanvasOrWaitProps {
  readonly rendering: CanvasRendering | null | undefined;
  readonly children: (rendering: CanvasRendering) => React.ReactNode;
}

const CanvasOrWait = ({ rendering, children }: CanvasOrWaitProps) =>
  rendering === null || rendering === undefined ? <Skeleton height={480} /> : children(rendering);

function picturesOf(files: PackageFiles['files'], { uploads }: EditSession): string[] {
  const paths = [...files, ...uploads].map(({ path }) => path);
  return [...new Set(paths.filter((path) => PICTURE.test(path) && pictureType(path) !== null))].toSorted();
}
