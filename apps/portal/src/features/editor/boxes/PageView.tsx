import { Box, Text, VisuallyHidden } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Rnd } from 'react-rnd';
import { type SlotBox, clampRect, isLayer } from './box';
import type { Rect, PageGeometry } from '../../../shared/page-geometry';

/** Distance of one key press, in the unit of the file; 1 with Alt. */
const STEP = 5;
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
/** A smaller rectangle is an accidental click. */
const SMALLEST_DRAWN = 6;

interface PageViewProps {
  readonly geometry: PageGeometry;
  readonly title: string;
  /** Whether the page is never higher than the window. */
  readonly isWhole: boolean;
  readonly picture: string | undefined;
  readonly boxes: readonly SlotBox[];
  readonly chosen: string | null;
  readonly drawing: boolean;
  readonly onChoose: (id: string) => void;
  /** Sets the position of a box, in coordinates of the displayed page. */
  readonly onPlace: (box: SlotBox, rect: Rect) => void;
  readonly onDrawn: (rect: Rect) => void;
  readonly onRemove: (box: SlotBox) => void;
}

/**
 * A page or picture with its boxes.
 * They move and resize by mouse or keyboard.
 */
export function PageView(props: PageViewProps) {
  const { geometry, title, isWhole, picture, boxes, drawing, onDrawn } = props;
  const { ref, width } = useElementSize();
  const scale = width === 0 ? 1 : width / geometry.width;
  return (
    <Box
      ref={ref}
      role="group"
      aria-label={title}
      className="box-page"
      style={{
        aspectRatio: `${geometry.width} / ${geometry.height}`,
        ...(isWhole ? { maxWidth: `max(240px, calc((100vh - 120px) * ${geometry.width / geometry.height}))` } : {}),
      }}
    >
      {picture !== undefined && <img src={picture} alt="" draggable={false} />}
      {boxes.map((box) =>
        box.rect === null ? null : (
          <PlacedBox key={box.id} {...props} box={box} rect={geometry.toScreen(box.rect)} scale={scale} />
        ),
      )}
      {drawing && <Drawing scale={scale} geometry={geometry} onDrawn={onDrawn} />}
    </Box>
  );
}

interface PlacedBoxProps extends PageViewProps {
  readonly box: SlotBox;
  /** In the displayed page, in the unit of the file. */
  readonly rect: Rect;
  /** Screen pixels per unit of the file. */
  readonly scale: number;
}

function PlacedBox({ geometry, box, rect, scale, chosen, onChoose, onPlace, onRemove }: PlacedBoxProps) {
  const { t } = useTranslation();
  const isChosen = box.id === chosen;
  const put = (wanted: Rect) => onPlace(box, clampRect(wanted, geometry));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Delete' || event.key === 'Backspace') onRemove(box);
    else if (event.key === 'Enter' || event.key === ' ') onChoose(box.id);
    else {
      const [x, y] = ARROWS[event.key] ?? [0, 0];
      if (x === 0 && y === 0) return;
      const step = event.altKey ? 1 : STEP;
      const sized = { ...rect, width: rect.width + x * step, height: rect.height + y * step };
      put(event.shiftKey ? sized : { ...rect, x: rect.x + x * step, y: rect.y + y * step });
    }
    event.preventDefault();
  };
  return (
    <Rnd
      className="box-place"
      data-chosen={isChosen || undefined}
      data-kind={box.kind}
      data-layer={isLayer(box) || undefined}
      role="button"
      tabIndex={0}
      aria-pressed={isChosen}
      aria-label={t('boxes.place', { name: box.name, kind: t(`boxes.kind.${box.kind}`), ...whole(box.rect ?? rect) })}
      bounds="parent"
      size={{ width: rect.width * scale, height: rect.height * scale }}
      position={{ x: rect.x * scale, y: rect.y * scale }}
      minWidth={4}
      minHeight={4}
      onKeyDown={onKeyDown}
      onFocus={() => onChoose(box.id)}
      onMouseDown={() => onChoose(box.id)}
      onDragStop={(_, { x, y }) => {
        const moved = { ...rect, x: x / scale, y: y / scale };
        // A click without movement is not stored as a tiny move.
        if (Math.hypot(moved.x - rect.x, moved.y - rect.y) * scale >= 1) put(moved);
      }}
      onResizeStop={(_event, _direction, element, _delta, { x, y }) =>
        put({ x: x / scale, y: y / scale, width: element.offsetWidth / scale, height: element.offsetHeight / scale })
      }
    >
      <Text span className="box-name" aria-hidden>
        {box.name}
      </Text>
      {isChosen && <VisuallyHidden>{t('boxes.keys')}</VisuallyHidden>}
    </Rnd>
  );
}

const whole = ({ x, y, width, height }: Rect) => ({
  x: Math.round(x),
  y: Math.round(y),
  width: Math.round(width),
  height: Math.round(height),
});

interface DrawingProps {
  readonly scale: number;
  readonly geometry: PageGeometry;
  readonly onDrawn: (rect: Rect) => void;
}

/** Draws a rectangle by mouse, pen or touch, from corner to corner. */
function Drawing({ scale, geometry, onDrawn }: DrawingProps) {
  const [from, setFrom] = useState<readonly [number, number] | null>(null);
  const [to, setTo] = useState<readonly [number, number]>([0, 0]);
  const pointOf = ({ currentTarget, clientX, clientY }: PointerEvent) => {
    const { left, top } = currentTarget.getBoundingClientRect();
    return [(clientX - left) / scale, (clientY - top) / scale] as const;
  };
  const rect = from === null ? null : clampRect(between(from, to), geometry);
  return (
    <Box
      className="box-drawing"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setFrom(pointOf(event));
        setTo(pointOf(event));
      }}
      onPointerMove={(event) => from !== null && setTo(pointOf(event))}
      onPointerUp={() => {
        setFrom(null);
        if (rect !== null && rect.width >= SMALLEST_DRAWN && rect.height >= SMALLEST_DRAWN) onDrawn(rect);
      }}
      onPointerCancel={() => setFrom(null)}
    >
      {rect !== null && (
        <Box
          className="box-drawn"
          style={{
            left: rect.x * scale,
            top: rect.y * scale,
            width: rect.width * scale,
            height: rect.height * scale,
          }}
        />
      )}
    </Box>
  );
}

const between = ([left, top]: readonly [number, number], [right, bottom]: readonly [number, number]): Rect => ({
  x: Math.min(left, right),
  y: Math.min(top, bottom),
  width: Math.abs(right - left),
  height: Math.abs(bottom - top),
});
