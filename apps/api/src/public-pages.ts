const TEXTS = {
  en: {
    title: 'Unsubscribe',
    ask: (name: string) => `Do you want no more mail from ${name}?`,
    button: 'Unsubscribe',
    done: (name: string) => `Done. ${name} will not write to you any more.`,
    thanks: 'Thank you',
    sorry: 'Please look at these fields again',
  },
  de: {
    title: 'Abmelden',
    ask: (name: string) => `Möchten Sie keine E-Mails von ${name} mehr erhalten?`,
    button: 'Abmelden',
    done: (name: string) => `Erledigt. ${name} schreibt Ihnen nicht mehr.`,
    thanks: 'Danke',
    sorry: 'Bitte prüfen Sie diese Felder',
  },
  fr: {
    title: 'Se désabonner',
    ask: (name: string) => `Ne plus recevoir d’e-mails de ${name} ?`,
    button: 'Se désabonner',
    done: (name: string) => `C’est fait. ${name} ne vous écrira plus.`,
    thanks: 'Merci',
    sorry: 'Veuillez vérifier ces champs',
  },
} as const;

type Texts = (typeof TEXTS)[keyof typeof TEXTS];
const textsFor = (language: string | null): { texts: Texts; lang: string } => {
  const lang = (language ?? 'en').split('-')[0] ?? 'en';
  return lang in TEXTS ? { texts: TEXTS[lang as keyof typeof TEXTS], lang } : { texts: TEXTS.en, lang: 'en' };
};

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

function frame(lang: string, title: string, body: string): string {
  return `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${escapeHtml(title)}</title>
<style>:root{color-scheme:light dark;font:18px/1.5 system-ui,sans-serif}body{max-width:32rem;margin:14vh auto 0;padding:0 1.25rem}button{font:inherit;padding:.7rem 1.4rem;border:0;border-radius:.5rem;background:#1f3fbf;color:#fff;cursor:pointer}button:focus-visible{outline:3px solid #8aa4ff;outline-offset:2px}</style></head>
<body><main>${body}</main></body></html>`;
}

/** The page that asks; its button posts to its own address. */
export function leavingPage(name: string, language: string | null): string {
  const { texts, lang } = textsFor(language);
  return frame(
    lang,
    texts.title,
    `<h1>${escapeHtml(texts.title)}</h1><p>${escapeHtml(texts.ask(name))}</p><form method="post"><button>${escapeHtml(texts.button)}</button></form>`,
  );
}

export function leftPage(name: string, language: string | null): string {
  const { texts, lang } = textsFor(language);
  return frame(
    lang,
    texts.title,
    `<h1>${escapeHtml(texts.title)}</h1><p role="status">${escapeHtml(texts.done(name))}</p>`,
  );
}

export function thanksPage(message: string, language: string): string {
  const { texts, lang } = textsFor(language);
  return frame(lang, texts.thanks, `<h1>${escapeHtml(texts.thanks)}</h1><p role="status">${escapeHtml(message)}</p>`);
}

/** Comes again by itself in three seconds, without a script. @param path where it asks again. */
export function waitPage(path: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="robots" content="noindex"><meta http-equiv="refresh" content="3;url=${escapeHtml(path)}"><title>One moment</title></head><body><p>One moment …</p></body></html>`;
}

/** Names the fields, never repeats what was typed. */
export function sorryPage(fields: readonly string[], language: string, back: string): string {
  const { texts, lang } = textsFor(language);
  return frame(
    lang,
    texts.sorry,
    `<h1>${escapeHtml(texts.sorry)}</h1><ul>${fields.map((field) => `<li>${escapeHtml(field)}</li>`).join('')}</ul><p><a href="${escapeHtml(back)}">←</a></p>`,
  );
}
