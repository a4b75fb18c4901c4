import { Box } from '@mantine/core';
import { withPolicy } from './preview-policy';
import { fitContainer, scaleToFit } from './scale-to-fit';

interface PreviewProps {
  readonly title: string;
  /** The document; the sandbox keeps it from the portal, its policy from everybody else. */
  readonly html: string;
  /** Width in CSS pixels that the document is laid out for: 600 a desktop's mail, 375 a phone. */
  readonly layoutWidth: number;
  /** Height of the frame on the screen, in CSS pixels. */
  readonly height: number;
  /** Shown as where dark colours are asked for. */
  readonly dark?: boolean;
  /** A picture of it only: no scrolling, out of the tab order. */
  readonly still?: boolean;
}

const STILL_HEIGHT = 2400;

/** A co-branded document in a frame that can reach nothing, scaled to the room it has. */
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
            // A still one is taller than what shows of it, so that it has no scroll bar.
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
