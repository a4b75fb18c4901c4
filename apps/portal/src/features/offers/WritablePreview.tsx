import { Box } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { withPolicy } from '../../shared/preview-policy';
import { room, scaleToRoom } from '../../shared/scale-to-room';
import type { OwnWords } from './own-words';
import { type Place, placesIn, tallOf } from './places-in';
import { SlotOnPreview } from './SlotOnPreview';

interface WritablePreviewProps {
  readonly title: string;
  /** A document that was asked for with its `places`. */
  readonly html: string;
  readonly words: OwnWords;
  /** Width in CSS pixels that the document is laid out for. */
  readonly layoutWidth: number;
  /** Height on the screen, in CSS pixels. */
  readonly height: number;
  /** Shown as where dark colours are asked for. */
  readonly dark: boolean;
}

/**
 * A preview on which the partner's own words are written where they stand: its slots are buttons over the document. The portal looks where
 * they are, which is the one thing that this sandbox grants beyond that of `Preview`; a script runs in neither.
 */
export function WritablePreview({ title, html, words, layoutWidth, height, dark }: WritablePreviewProps) {
  const [{ places, tall }, setSeen] = useState<{ places: readonly Place[]; tall: number }>({ places: [], tall: 0 });
  const watch = useRef<ResizeObserver>(null);
  useEffect(() => () => watch.current?.disconnect(), []);
  const look = (document: Document | null) => {
    watch.current?.disconnect();
    if (document === null) return;
    // A narrower screen, or a picture that comes late, moves what stands below it.
    watch.current = new ResizeObserver(() => setSeen({ places: placesIn(document), tall: tallOf(document) }));
    watch.current.observe(document.documentElement);
  };
  const { scale, width } = scaleToRoom(layoutWidth);
  const own = { width: layoutWidth, height: `max(${tall}px, calc(${height}px / ${scale}))` };
  return (
    <Box h={height} role="group" aria-label={title} tabIndex={0} className="preview-room" style={room}>
      <Box mx="auto" style={{ width, height: `calc(${own.height} * ${scale})`, overflow: 'hidden' }}>
        <Box pos="relative" style={{ ...own, transform: `scale(${scale})`, transformOrigin: 'top left' }}>
          <iframe
            title={title}
            sandbox="allow-same-origin"
            loading="lazy"
            srcDoc={withPolicy(html, location.origin)}
            style={{ border: 0, colorScheme: dark ? 'dark' : 'light', ...own }}
            onLoad={(event) => look(event.currentTarget.contentDocument)}
          />
          {places.map((place, at) => (
            <SlotOnPreview key={`${place.name} ${at}`} place={place} words={words} />
          ))}
        </Box>
      </Box>
    </Box>
  );
}
