import { escapeHtml } from '#rendering';

/** What an e-mail signature says. Null: it is left out. */
export interface SignatureParts {
  readonly name: string | null;
  readonly title: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly company: string;
  readonly website: string | null;
  readonly legalLine: string | null;
  /** `#rrggbb`, of the name and the links. */
  readonly colour: string;
  /** On white; its size in CSS pixels. */
  readonly logo: { readonly png: Buffer; readonly width: number; readonly height: number } | null;
  /** The vendor's line. */
  readonly words: string;
  /** https address of that line. */
  readonly link: string | null;
}

/**
 * An e-mail signature for mail programs: a table with inline styles, because
 * they drop style sheets. The logo is in the HTML itself, so that it is not
 * blocked as a remote picture.
 */
export function signatureOf(parts: SignatureParts): { readonly html: string; readonly text: string } {
  return { html: htmlOf(parts), text: textOf(parts) };
}

function htmlOf(parts: SignatureParts): string {
  const { name, title, company, logo, words, link, legalLine, colour } = parts;
  const font = 'font-family:Arial,Helvetica,sans-serif;font-size:13px;line-height:1.45;color:#1f2638';
  const lines = [
    name === null ? null : `<strong style="font-size:15px;color:${escapeHtml(colour)}">${escapeHtml(name)}</strong>`,
    title === null ? null : escapeHtml(title),
    `<strong>${escapeHtml(company)}</strong>`,
    contactLine(parts),
    words === '' ? null : link === null ? escapeHtml(words) : anchor(link, words, colour),
    legalLine === null ? null : `<span style="font-size:11px;color:#5b6475">${escapeHtml(legalLine)}</span>`,
  ].filter((line) => line !== null && line !== '');
  const size = logo === null ? null : scaled(logo);
  const picture =
    logo === null || size === null
      ? ''
      : `<td style="padding-right:16px;vertical-align:top"><img src="data:image/png;base64,${logo.png.toString('base64')}" width="${size.width}" height="${size.height}" alt="${escapeHtml(company)}" style="display:block;border:0"></td>`;
  return `<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr>${picture}<td style="${font};vertical-align:top">${lines.join('<br>')}</td></tr></table>`;
}

/** A logo beside text, at most this wide. */
const LOGO_WIDTH = 150;

const scaled = ({ width, height }: { readonly width: number; readonly height: number }) => {
  const scale = Math.min(1, LOGO_WIDTH / width);
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
};

function contactLine({ phone, email, website, colour }: SignatureParts): string {
  const parts = [
    phone === null ? null : escapeHtml(phone),
    email === null ? null : anchor(`mailto:${email}`, email, colour),
    website === null ? null : anchor(website, shortOf(website), colour),
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

function textOf({ name, title, company, phone, email, website, words, link, legalLine }: SignatureParts): string {
  const reach = [phone, email, website === null ? null : shortOf(website)].filter((part) => part !== null).join(' · ');
  const line = words === '' || link === null ? words : `${words}: ${link}`;
  return [name, title, company, reach, line, legalLine].filter((part) => part !== null && part !== '').join('\n');
}

const shortOf = (website: string): string => website.replaceAll(/^https?:\/\/|\/$/g, '');

const anchor = (address: string, text: string, colour: string): string =>
  `<a href="${escapeHtml(address)}" style="color:${escapeHtml(colour)}">${escapeHtml(text)}</a>`;
