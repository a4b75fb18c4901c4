import { ingestLogo } from '#artwork';

export type LogoSurface = 'light' | 'dark' | 'brand';

/**
 * A placeholder for a partner's logo: an SVG frame of the exact size, in CSS
 * pixels.
 */
export function sampleLogo(surface: LogoSurface, width: number, height: number): string {
  const ink = surface === 'light' ? '#475569' : '#ffffff';
  const fontSize = Math.max(8, Math.min(Math.round(height * 0.3), Math.round(width / 7)));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><rect x="1" y="1" width="${width - 2}" height="${height - 2}" rx="6" fill="none" stroke="${ink}" stroke-dasharray="4 3"/><text x="50%" y="50%" dy="0.35em" text-anchor="middle" font-family="sans-serif" font-size="${fontSize}" fill="${ink}">Partner logo</text></svg>`;
}

let cachedLogos: Promise<{ light: Buffer; dark: Buffer }> | null = null;

/**
 * The same as PNG for each surface, for documents and pictures; drawn once per
 * process.
 */
export function sampleLogos(): Promise<{ light: Buffer; dark: Buffer }> {
  cachedLogos ??= Promise.all([draw('light'), draw('dark')]).then(([light, dark]) => ({ light, dark }));
  return cachedLogos;
}

async function draw(surface: 'light' | 'dark'): Promise<Buffer> {
  const ingested = await ingestLogo(Buffer.from(sampleLogo(surface, 400, 160)));
  if (!ingested.ok) throw new Error(`The sample logo cannot be drawn: ${JSON.stringify(ingested)}`);
  return ingested.logo.variants[surface];
}
