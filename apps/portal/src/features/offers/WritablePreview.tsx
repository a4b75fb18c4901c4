import { Box } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { withPolicy } from '../../shared/preview-policy';
import { fitContainer, scaleToFit } from '../../shared/scale-to-fit';
import type { SlotTexts } from './slot-texts';
import { type SlotPosition, findSlots, rootOf, documentHeight } from './slot-positions';
import { SlotButton } from './SlotButton';

interface WritablePreviewProps {
  readonly title: string;
  /** A document that was asked for with its `places`. */
  readonly html: string;
  readonly words: SlotTexts;
  /** Width in CSS pixels that the document is laid out for. */
  readonly layoutWidth: number;
  /** Height on the screen, in CSS pixels. */
  readonly height: number;
  /** Shown as where dark colours are asked for. */
  readonly dark: boolean;
}

/** What is known of a document that is not there yet. */
const NOTHING: { readonly places: readonly SlotPosition[]; readonly tall: number } = { places: [], tall: 0 };

/**
 * A preview on which the partner's own words are written where they stand: its slots are buttons over the document. The portal looks where
 * they are, which is the one thing that this sandbox grants beyond that of `Preview`; a script runs in neither.
 */
export function WritablePreview({ title, html, words, layoutWidth, height, dark }: WritablePreviewProps) {
  const [{ places, tall }, setSeen] = useState(NOTHING);
  const watch = useRef<ResizeObserver>(null);
  useEffect(() => () => watch.current?.disconnect(), []);
  const { scale, width } = scaleToFit(layoutWidth);
  // What a document is measured in: the height that it is given for its own makes one that fills its frame taller and taller.
  const least = `calc(${height}px / ${scale})`;
  const look = (frame: HTMLIFrameElement) => {
    watch.current?.disconnect();
    const document = frame.contentDocument;
    if (document === null) {
      setSeen(NOTHING);
      return;
    }
    const measure = () => {
      // The one before stays until the next is there, and is nothing any more then.
      if (frame.contentDocument !== document) return;
      const { height: given } = frame.style;
      frame.style.height = least;
      const tall = documentHeight(document);
      frame.style.height = given;
      setSeen({ places: findSlots(document), tall });
    };
    // A narrower screen, or a picture that comes late, moves what stands below it.
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
            // A press in a frame is not heard outside: it would leave the words open, or follow a link that leads nowhere.
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
