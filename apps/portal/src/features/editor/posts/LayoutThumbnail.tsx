import {
  type PostColours,
  type PostFormat,
  type PostLayer,
  type PostLayout,
  layersOfLayout,
  POST_SIZES,
} from './post-layouts';

interface LayoutThumbnailProps {
  readonly layout: PostLayout;
  readonly format: PostFormat;
  readonly colours: PostColours;
}

/** A layout of a post, drawn with bars for texts. */
export function LayoutThumbnail({ layout, format, colours }: LayoutThumbnailProps) {
  const { width, height } = POST_SIZES[format];
  return (
    <svg viewBox={`0 0 ${width} ${height}`} width="100%" aria-hidden style={{ display: 'block' }}>
      {layersOfLayout(layout, format, colours).map((layer) => (
        <Drawn
          key={layer.kind === 'logo' || layer.kind === 'picture' ? layer.kind : layer.name}
          layer={layer}
          format={format}
        />
      ))}
    </svg>
  );
}

/** Grey of what a partner or the author puts in. */
const FILL_IN = '#94a3b8';

function Drawn({ layer, format }: { readonly layer: PostLayer; readonly format: PostFormat }) {
  const size = POST_SIZES[format];
  const [x, y, width, height] = layer.at;
  const box = { x: x * size.width, y: y * size.height, width: width * size.width, height: height * size.height };
  if (layer.kind === 'shape')
    return <rect {...box} fill={layer.fill} {...(layer.opacity === undefined ? {} : { opacity: layer.opacity })} />;
  if (layer.kind === 'picture') return <Hills {...box} />;
  if (layer.kind === 'logo') return <rect {...box} rx={box.height / 4} fill={FILL_IN} opacity={0.7} />;
  const line = Math.min(size.width, size.height) * layer.size;
  const lines = Math.max(1, Math.min(2, Math.floor(box.height / (line * 1.3))));
  return Array.from({ length: lines }, (_, at) => (
    <rect
      key={at}
      x={box.x}
      y={box.y + at * line * 1.3 + line * 0.2}
      width={box.width * (at === 0 ? 0.9 : 0.6)}
      height={line * 0.7}
      rx={line * 0.1}
      fill={layer.color}
      opacity={layer.kind === 'partner' ? 0.55 : 0.9}
    />
  ));
}

interface HillsProps {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Stands for a photo. */
const Hills = ({ x, y, width, height }: HillsProps) => (
  <g>
    <rect x={x} y={y} width={width} height={height} fill="#cbd5e1" />
    <circle cx={x + width * 0.75} cy={y + height * 0.25} r={Math.min(width, height) * 0.09} fill="#f8fafc" />
    <polygon
      points={`${x},${y + height} ${x + width * 0.35},${y + height * 0.4} ${x + width * 0.7},${y + height}`}
      fill="#94a3b8"
    />
    <polygon
      points={`${x + width * 0.35},${y + height} ${x + width * 0.7},${y + height * 0.55} ${x + width},${y + height * 0.85} ${x + width},${y + height}`}
      fill="#64748b"
    />
  </g>
);
