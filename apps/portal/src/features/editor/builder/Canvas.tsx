import { Box } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { fitContainer, scaleToFit } from '../../../shared/scale-to-fit';
import { BlockButtons } from './BlockButtons';
import { CanvasFrame } from './CanvasFrame';
import { CommentMarks } from './CommentMarks';
import { TextInPlace } from './TextInPlace';
import type { BlockComment } from './use-block-comments';
import type { BlockDrag } from './use-block-drag';
import type { Builder } from './use-builder';
import type { CanvasRendering } from './use-canvas';
import { useShownTemplate } from './use-shown-template';

interface CanvasProps {
  readonly builder: Builder;
  readonly drag: BlockDrag;
  readonly rendering: CanvasRendering;
  readonly layoutWidth: number;
  readonly dark: boolean;
  /** False: it shows what has no blocks. */
  readonly hasBlocks: boolean;
  readonly links: readonly string[];
  readonly comments: readonly BlockComment[];
  /** Opens the comments on a block. */
  readonly onComments: (number: number) => void;
  /** Where tools of a text are shown. */
  readonly toolsIn: HTMLElement | null;
}

/** The e-mail or page as readers get it, with its blocks to select, move and write in. */
export function Canvas({ builder, drag, rendering, layoutWidth, dark, hasBlocks, ...props }: CanvasProps) {
  const { t } = useTranslation();
  const { seen, look } = useShownTemplate(builder);
  const { layer, drop } = drag;
  const { scale, width } = scaleToFit(layoutWidth);
  const { setBoxes } = drag;
  useEffect(() => setBoxes(seen.boxes), [setBoxes, seen.boxes]);
  // Until the next rendering, boxes may be those of other blocks.
  const isCurrent = hasBlocks && seen.source === builder.source;
  return (
    <Box className="preview-room" style={fitContainer} mah="calc(100vh - 200px)" tabIndex={-1}>
      <Box mx="auto" style={{ width, height: `calc(${seen.tall}px * ${scale})`, overflow: 'hidden' }}>
        <Box
          ref={layer}
          pos="relative"
          role="group"
          aria-label={t(builder.template.kind === 'page' ? 'builder.canvasOfPage' : 'builder.canvas')}
          style={{ width: layoutWidth, height: seen.tall, transform: `scale(${scale})`, transformOrigin: 'top left' }}
        >
          <CanvasFrame rendering={rendering} dark={dark} width={layoutWidth} height={seen.tall} onSeen={look} />
          {isCurrent && <BlockButtons builder={builder} boxes={seen.boxes} drag={drag} />}
          {isCurrent && (
            <CommentMarks
              builder={builder}
              boxes={seen.boxes}
              comments={props.comments}
              scale={scale}
              onOpen={props.onComments}
            />
          )}
          {drop !== null && <Box className="drop-line" style={drop.line} />}
          {isCurrent && builder.writing !== null && seen.document !== null && (
            <TextInPlace builder={builder} document={seen.document} links={props.links} toolsIn={props.toolsIn} />
          )}
        </Box>
      </Box>
    </Box>
  );
}
