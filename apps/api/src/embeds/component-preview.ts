import { escapeHtml } from '../public/page-frame.js';
import { languageAttributes } from '../public/public-language.js';
import { integrityOf, scriptPath } from './embed-scripts.js';

/** A page with nothing but the web component of a campaign. */
export function componentPreview(slug: string, language: string): string {
  const address = `/p/${encodeURIComponent(slug)}/component?language=${encodeURIComponent(language)}`;
  return `<!doctype html><html ${languageAttributes(language)}><head><meta charset="utf-8"><meta name="robots" content="noindex"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Preview</title></head><body><throughline-campaign src="${escapeHtml(address)}"></throughline-campaign><script src="${scriptPath('campaign')}" integrity="${integrityOf('campaign')}" crossorigin="anonymous"></script></body></html>`;
}
