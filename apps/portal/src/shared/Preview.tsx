import { Box } from '@mantine/core';
import { withPolicy } from './preview-policy';
import { fitContainer, scaleToFit } from './scale-to-fit';

interface PreviewProps {
  readonly title: string;
  /**
   * The document.
   * The sandbox isolates it from the portal, its policy from other origins.
   */
  readonly html: string;
  /**
   * Width in CSS pixels of the layout: 600 for desktop e-mail, 375 for a phone.
   */
  readonly layoutWidth: number;
  /** Displayed height in CSS pixels. */
  readonly height: number;
  /** Emulates a dark colour scheme. */
  readonly dark?: boolean;
  /** Thumbnail: no scrolling, no focus. */
  readonly still?: boolean;
}

const STILL_HEIGHT = 2400;

/** A co-branded document in an isolated frame, scaled to its container. */
export function Preview({ title, html, layoutWidth, height, dark = false, still = false }: PreviewProps) {
  const { scale, width } = scaleToFit(layoutWidth);
  return (
    <Box
      h={height}
      style={{ ...fitContainer, overflow: 'hidden', background: '#fff', display: 'flex', justifyContent: 'center' }}
    >
      <Box h={height} style={{ width }}>
        <iframe
          title={title}
          sandbox=""
          loading="lazy"
          srcDoc={withPolicy(html, location.origin)}
          {...(still ? { tabIndex: -1, 'aria-hidden': true } : {})}
          style={{
            border: 0,
            colorScheme: dark ? 'dark' : 'light',
            width: layoutWidth,
            // A thumbnail is higher than its visible part, so that it has no
            // scroll bar.
            height: still ? STILL_HEIGHT : `calc(${height}px / ${scale})`,
            transform: `scale(${scale})`,
            transformOrigin: 'top left',
            pointerEvents: still ? 'none' : 'auto',
          }}
        />
      </Box>
    </Box>
  );
}
