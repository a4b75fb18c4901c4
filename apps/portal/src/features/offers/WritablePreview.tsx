import { Box } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { withPolicy } from '../../shared/preview-policy';
import { fitContainer, scaleToFit } from '../../shared/scale-to-fit';
import type { SlotTexts } from './slot-texts';
import { type SlotPosition, findSlots, rootOf, documentHeight } from './slot-positions';
import { SlotButton } from './SlotButton';

interface WritablePreviewProps {
  readonly title: string;
  /** HTML requested with `places`. */
  readonly html: string;
  readonly words: SlotTexts;
  /** CSS pixels. */
  readonly layoutWidth: number;
  /** CSS pixels. */
  readonly height: number;
  /** Emulates a dark colour scheme. */
  readonly dark: boolean;
}

/** State before the document is loaded. */
const NOTHING: { readonly places: readonly SlotPosition[]; readonly tall: number } = { places: [], tall: 0 };

/**
 * A preview in which a partner edits slot texts in place: buttons above the
 * document. The portal reads the positions of the slots. For this, the sandbox
 * allows same-origin access, unlike that of `Preview`. Scripts run in neither.
 */
export function WritablePreview({ title, html, words, layoutWidth, height, dark }: WritablePreviewProps) {
  const [{ places, tall }, setSeen] = useState(NOTHING);
  const watch = useRef<ResizeObserver>(null);
  useEffect(() => () => watch.current?.disconnect(), []);
  const { scale, width } = scaleToFit(layoutWidth);
  // Minimum height for the measurement.
  // A document that fills its frame would otherwise grow with each measurement.
  const least = `calc(${height}px / ${scale})`;
  const look = (frame: HTMLIFrameElement) => {
    watch.current?.disconnect();
    const document = frame.contentDocument;
    if (document === null) {
      setSeen(NOTHING);
      return;
    }
    const measure = () => {
      // The old document is still in the frame until the new one has loaded.
      // Ignore it.
      if (frame.contentDocument !== document) return;
      const { height: given } = frame.style;
      frame.style.height = least;
      const tall = documentHeight(document);
      frame.style.height = given;
      setSeen({ places: findSlots(document), tall });
    };
    // A narrower screen or a late image moves the slots below it.
    watch.current = new ResizeObserver(measure);
    watch.current.observe(rootOf(document));
  };
  const own = { width: layoutWidth, height: `max(${tall}px, ${least})` };
  return (
    <Box h={height} role="group" aria-label={title} tabIndex={0} className="preview-room" style={fitContainer}>
      <Box mx="auto" style={{ width, height: `calc(${own.height} * ${scale})`, overflow: 'hidden' }}>
        <Box pos="relative" style={{ ...own, transform: `scale(${scale})`, transformOrigin: 'top left' }}>
          <iframe
            title={title}
            sandbox="allow-same-origin"
            loading="lazy"
            srcDoc={withPolicy(html, location.origin)}
            // Clicks inside a frame do not reach the portal.
            // The popover would stay open, or a link would be followed.
            style={{ border: 0, colorScheme: dark ? 'dark' : 'light', pointerEvents: 'none', ...own }}
            onLoad={(event) => look(event.currentTarget)}
          />
          {places.map((place, at) => (
            <SlotButton key={`${place.name} ${at}`} place={place} words={words} />
          ))}
        </Box>
      </Box>
    </Box>
  );
}
