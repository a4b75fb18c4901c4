import { Box, Group, Paper, SegmentedControl, SimpleGrid, Slider, Stack, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { type ComponentProps, type CSSProperties, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignPreview } from '#contracts';
import type { z } from 'zod';
import { Preview } from '../../../shared/Preview';
import { LAYOUT_WIDTHS } from '../../../shared/PreviewSettings';
import { withPolicy } from '../../../shared/preview-policy';
import { ProblemNote } from '../../../shared/ProblemNote';
import { fitContainer, scaleToFit } from '../../../shared/scale-to-fit';
import { previewQuery } from '../campaign';
import type { ComparisonProps } from './VisualChanges';

type Shown = z.output<typeof CampaignPreview>;

const WAYS = ['beside', 'over', 'difference'] as const;
const SCREENS = ['desktop', 'phone', 'dark'] as const;
const HEIGHT = 640;
/**
 * Height in pixels for overlaid frames.
 * Their content height cannot be read.
 */
const TALL = 4000;

/**
 * Compares an e-mail or page before and after: side by side, overlaid, or only
 * the differences.
 */
export function TemplateComparison({ before, after, locale, partnerId, tactic }: ComparisonProps) {
  const { t } = useTranslation();
  const [way, setWay] = useState<Way>('beside');
  const [screen, setScreen] = useState<(typeof SCREENS)[number]>('desktop');
  const kind = tactic.kind === 'pages' ? 'pages' : 'emails';
  const of = {
    id: after.campaignId,
    kind,
    templateKey: tactic.key,
    choice: { locale, ...(partnerId === '' ? {} : { partnerId }) },
  } as const;
  const older = useQuery(previewQuery({ ...of, number: before.number }));
  const newer = useQuery(previewQuery({ ...of, number: after.number }));
  const look = { layoutWidth: LAYOUT_WIDTHS[kind][screen], dark: screen === 'dark' };
  const versions = [
    { number: before.number, shown: older.data },
    { number: after.number, shown: newer.data },
  ];
  return (
    <Stack>
      <Group>
        <WayChoice way={way} onWay={setWay} />
        <SegmentedControl
          aria-label={t('review.screen')}
          value={screen}
          onChange={setScreen}
          data={SCREENS.map((value) => ({ value, label: t(`review.${value}`) }))}
        />
      </Group>
      <ProblemNote error={older.error ?? newer.error} />
      {tactic.state === 'same' && <Text c="dimmed">{t('compare.looksSame')}</Text>}
      {way === 'beside' ? (
        <Beside versions={versions} look={look} />
      ) : (
        <Stack gap={6}>
          {versions.map(({ number, shown }) => (
            <Heading key={number} number={number} shown={shown} />
          ))}
          <Laid
            {...look}
            way={way}
            htmls={[older.data?.html ?? '', newer.data?.html ?? '']}
            numbers={[before.number, after.number]}
          />
        </Stack>
      )}
    </Stack>
  );
}

interface BesideProps {
  readonly versions: readonly { readonly number: number; readonly shown: ComponentProps<typeof Heading>['shown'] }[];
  readonly look: Pick<LaidProps, 'layoutWidth' | 'dark'>;
}

/** Both versions side by side. */
function Beside({ versions, look }: BesideProps) {
  const { t } = useTranslation();
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      {versions.map(({ number, shown }) => (
        <Stack key={number} gap={6} component="section" aria-label={t('campaigns.version', { number })}>
          <Heading number={number} shown={shown} />
          <Paper withBorder bg="#f1f3f5" style={{ overflow: 'hidden' }}>
            <Preview {...look} title={t('compare.frame', { number })} html={shown?.html ?? ''} height={HEIGHT} />
          </Paper>
        </Stack>
      ))}
    </SimpleGrid>
  );
}

type Way = (typeof WAYS)[number];

/** Chooses how the two versions are shown. */
function WayChoice({ way, onWay }: { readonly way: Way; readonly onWay: (way: Way) => void }) {
  const { t } = useTranslation();
  const isNarrow = useMediaQuery('(max-width: 30em)', window.innerWidth < 480);
  return (
    <SegmentedControl
      aria-label={t('compare.how')}
      // The options do not fit beside each other on a phone.
      orientation={isNarrow ? 'vertical' : 'horizontal'}
      value={way}
      onChange={onWay}
      data={WAYS.map((value) => ({ value, label: t(`compare.hows.${value}`) }))}
    />
  );
}

function Heading({ number, shown }: { readonly number: number; readonly shown: Shown | undefined }) {
  const { t } = useTranslation();
  return (
    <Text size="sm">
      <Text span fw={600}>
        {t('campaigns.version', { number })}
      </Text>{' '}
      {shown?.subject ?? '…'}
    </Text>
  );
}

interface LaidProps {
  readonly way: 'over' | 'difference';
  readonly htmls: readonly [string, string];
  readonly numbers: readonly [number, number];
  readonly layoutWidth: number;
  readonly dark: boolean;
}

/**
 * Overlay: the later version with adjustable opacity, or only the differences.
 */
function Laid({ way, htmls, numbers, layoutWidth, dark }: LaidProps) {
  const { t } = useTranslation();
  const [strength, setStrength] = useState(50);
  return (
    <Stack gap="xs">
      {way === 'over' ? (
        <StrengthSlider numbers={numbers} strength={strength} onStrength={setStrength} />
      ) : (
        <Text size="sm" c="dimmed">
          {t('compare.differenceHow')}
        </Text>
      )}
      <Scrolled layoutWidth={layoutWidth}>
        <Frame number={numbers[0]} html={htmls[0]} layoutWidth={layoutWidth} dark={dark} />
        <Frame
          number={numbers[1]}
          html={htmls[1]}
          layoutWidth={layoutWidth}
          dark={dark}
          style={way === 'over' ? { opacity: strength / 100 } : { mixBlendMode: 'difference' }}
        />
      </Scrolled>
    </Stack>
  );
}

interface FrameProps extends Pick<LaidProps, 'layoutWidth' | 'dark'> {
  /** Number of the version. */
  readonly number: number;
  readonly html: string;
  readonly style?: CSSProperties;
}

/** A version at its full size. */
function Frame({ number, html, layoutWidth, dark, style }: FrameProps) {
  const { t } = useTranslation();
  return (
    <iframe
      title={t('compare.frame', { number })}
      sandbox=""
      srcDoc={withPolicy(html, location.origin)}
      tabIndex={-1}
      style={{
        position: 'absolute',
        inset: 0,
        border: 0,
        width: layoutWidth,
        height: TALL,
        background: '#fff',
        pointerEvents: 'none',
        colorScheme: dark ? 'dark' : 'light',
        ...style,
      }}
    />
  );
}

/** Scales the versions to the width of the screen, and scrolls them. */
function Scrolled({ layoutWidth, children }: Pick<LaidProps, 'layoutWidth'> & { readonly children: ReactNode }) {
  const { t } = useTranslation();
  const { scale, width } = scaleToFit(layoutWidth);
  return (
    <Box
      tabIndex={0}
      role="group"
      aria-label={t('compare.laid')}
      h={HEIGHT}
      style={{
        ...fitContainer,
        overflow: 'auto',
        background: '#f1f3f5',
        border: '1px solid var(--mantine-color-default-border)',
      }}
    >
      <Box style={{ height: `calc(${TALL}px * ${scale})`, width, margin: '0 auto', overflow: 'hidden' }}>
        <Box
          style={{
            position: 'relative',
            width: layoutWidth,
            height: TALL,
            isolation: 'isolate',
            transform: `scale(${scale})`,
            transformOrigin: 'top left',
          }}
        >
          {children}
        </Box>
      </Box>
    </Box>
  );
}

interface StrengthSliderProps extends Pick<LaidProps, 'numbers'> {
  /** Opacity of the later version in percent. */
  readonly strength: number;
  readonly onStrength: (strength: number) => void;
}

function StrengthSlider({ numbers, strength, onStrength }: StrengthSliderProps) {
  const { t } = useTranslation();
  return (
    <Group wrap="nowrap" maw={560}>
      <Text size="sm">{t('campaigns.version', { number: numbers[0] })}</Text>
      <Slider
        thumbLabel={t('compare.strength')}
        label={(value) => `${value} %`}
        value={strength}
        onChange={onStrength}
        style={{ flexGrow: 1 }}
      />
      <Text size="sm">{t('campaigns.version', { number: numbers[1] })}</Text>
    </Group>
  );
}
